import type { NumberToken } from './cut';
import type { Notation } from './notations';
import type { NumberMap } from './number-map';
import type { NumberRule } from './rule';

export type Language = 'en' | 'es';

/** What one vocabulary makes of a number, and of numbers at large. */
export interface NumberReport {
  /** The vocabulary's name. */
  vocabulary: string;
  /** As the language writes it, in one row: `1327`, `3,14`. */
  number: string;
  tokens: NumberToken[];
  /** The groups of three from the right, as people read the whole part of the number. */
  groups: string[];
  notations: Notation[];
  rule: NumberRule;
  map: NumberMap;
}

/** One of the three numbers of a sum. */
export interface Operand {
  digits: string;
  tokens: NumberToken[];
}

/** `a ± b = c`, with what each token covers. Places count from the right, 0 for the ones. */
export interface Sum {
  sign: '+' | '-';
  a: Operand;
  b: Operand;
  c: Operand;
  /** Places out of which something is carried into the next (in a difference: into which is borrowed from the next). */
  carries: number[];
  /**
   * Those of them whose next place, in the result (in a difference: in a), belongs to another token: there the digits
   * of one token depend on those of another.
   */
  crossings: number[];
  /** The digits among them that the vocabulary has no token for. */
  missing: string[];
}

/** What is seen of a number, one sentence a case. Each language says the same. */
export interface NumberSentences {
  /** The number is one token. */
  opaque(vocabulary: string, number: string, token: NumberToken): string;
  /** Every digit is a token. */
  digits(vocabulary: string, number: string, count: number): string;
  /** Several tokens, of which at least one has several digits. */
  pieces(vocabulary: string, number: string, tokens: string[]): string;
  /** A number with a fraction. @param point the separator @param isApart whether no token holds it beside a digit */
  fraction(vocabulary: string, number: string, tokens: string[], point: string, isApart: boolean): string;
  /** A number with a minus. @param isApart whether no token holds it beside a digit */
  signed(vocabulary: string, number: string, tokens: string[], isApart: boolean): string;
  /** The vocabulary has no token for some digits of a text. */
  unseen(vocabulary: string, text: string, digits: string[]): string;
  /** The vocabulary has no token for any digit. */
  noDigits(vocabulary: string, text: string): string;
  /** A text is no number. */
  notRead(text: string): string;
  /** A text is no sum. */
  noSum(text: string): string;
  /** How numbers are cut before merging. */
  rule(rule: NumberRule): string;
  /** Whether a space before a number belongs to its token. */
  space(takesSpace: boolean): string;
  /** The tokens are not the groups of three that people read. */
  groups(groups: string[], tokens: string[], rule: NumberRule): string;
  /** Which integers are one token. */
  map(map: NumberMap): string;
  /** A sum: what is carried, and across which edges between tokens. */
  sum(vocabulary: string, sum: Sum): string;
}
