import type * as vscode from 'vscode';
import type { Why } from '../../shared/why-api';
import type { ReadingPart } from '../readings/reading';

/** Why a token, over the text: what every token before it brings for it and against another. */
export interface PaintedWhy {
  readonly document: vscode.TextDocument;
  readonly part: ReadingPart;
  /** How many tokens of the part stand before the one that is asked about. */
  readonly position: number;
  /** Whether it is one that would come next, and not the one that stands there. */
  readonly isNext: boolean;
  /** Undefined for the first token, which nothing predicts. */
  readonly answer: WhyAnswer | undefined;
}

export interface WhyAnswer extends AskedTokens {
  readonly why: Why;
  /** The largest contribution of a token of the text, without its sign. */
  readonly largest: number;
}

/** The token that is asked about, and the one it is held against, as visible texts. */
export interface AskedTokens {
  readonly token: string;
  readonly against: string;
}

/** What one token brings. */
export interface Contribution extends AskedTokens {
  /** To the difference of the two logits. */
  value: number;
  /** The difference itself. */
  of: number;
}

export function whyAnswer(why: Why, tokens: AskedTokens): WhyAnswer {
  return { ...tokens, why, largest: why.sources.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
}

/** What the painted answer says of a token; undefined where it brings nothing: it comes later, or is of another text. */
export function contributionOf(
  painted: PaintedWhy | undefined,
  part: ReadingPart,
  key: number,
): Contribution | undefined {
  if (painted?.part !== part || !painted.answer || key >= painted.position) return undefined;
  const { why, token, against } = painted.answer;
  return { token, against, value: why.sources[key] as number, of: why.logitDifference };
}

/**
 * The tokens that bring most, for or against, the strongest first.
 *
 * @param sources [key]
 * @param least without a sign
 */
export function strongestSources(sources: Float32Array, most: number, least: number): number[] {
  return Array.from(sources.keys())
    .filter((key) => strengthOf(sources, key) >= least)
    .sort((one, other) => strengthOf(sources, other) - strengthOf(sources, one))
    .slice(0, most);
}

const strengthOf = (sources: Float32Array, key: number) => Math.abs(sources[key] as number);
