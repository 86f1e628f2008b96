import type * as vscode from 'vscode';
import type { HeadAddress } from '../../shared/head-address';
import type { ReadingPart } from '../readings/reading';

/** How a query spread its attention. */
export interface QueryAttention {
  /** [key], for the keys 0 to the query; each from 0 to 1. */
  weights: Float32Array;
  /** The share that key 0 took where it is masked, and 0 otherwise; what is left is not scaled up. */
  masked: number;
  /** The largest weight that is shown. */
  largest: number;
}

/**
 * What is to be shown of the attention of one head, or of the mean of all.
 *
 * @param pattern [key]
 * @param maskSink whether key 0 is left out. It often takes most of the weight without meaning (Xiao et al. 2023, arXiv 2309.17453).
 */
export function queryAttention(pattern: Float32Array, maskSink: boolean): QueryAttention {
  const weights = pattern.slice();
  // The first token has only itself to attend to.
  const masked = maskSink && weights.length > 1 ? (weights[0] ?? 0) : 0;
  if (masked > 0) weights[0] = 0;
  return { weights, masked, largest: weights.reduce((a, b) => Math.max(a, b), 0) };
}

/** What a token attends to. */
export interface PaintedAttention {
  readonly document: vscode.TextDocument;
  readonly part: ReadingPart;
  readonly query: number;
  /** Undefined: the mean of all heads. */
  readonly head: HeadAddress | undefined;
  readonly attention: QueryAttention;
}

/** How much one token is looked at by another. */
export interface AttentionOn {
  /** From 0 to 1. */
  weight: number;
  /** The id of the token that looks. */
  query: number;
  /** Undefined: the mean of all heads. */
  head: HeadAddress | undefined;
}

/** What painted attention says of a token; undefined where that is not looked at: it comes later, or is of another text. */
export function attentionOn(
  painted: PaintedAttention | undefined,
  part: ReadingPart,
  key: number,
): AttentionOn | undefined {
  if (painted?.part !== part || key > painted.query) return undefined;
  const { query, head, attention } = painted;
  const isMasked = key === 0 && attention.masked > 0;
  return {
    weight: isMasked ? attention.masked : (attention.weights[key] ?? 0),
    query: part.ids[query] ?? 0,
    head,
  };
}
