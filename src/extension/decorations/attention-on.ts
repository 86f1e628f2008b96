import type { HeadAddress } from '../../shared/head-address';
import type { AnalysisPart } from '../analysis/analysis';
import type { PaintedAttention } from './attention-overlay';

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
  part: AnalysisPart,
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
