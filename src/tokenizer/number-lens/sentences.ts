import type { NumberToken } from './cut';
import { english } from './english';
import type { NumberReport } from './number-lens';
import type { NumberMap } from './number-map';
import type { NumberRule } from './rule';
import { spanish } from './spanish';
import type { Sum } from './sum';

export type Language = 'en' | 'es';

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

const LANGUAGES: Record<Language, NumberSentences> = { en: english, es: spanish };

/** What a report shows, in sentences. */
export function sentencesOf(report: NumberReport, language: Language): string[] {
  const { vocabulary, number, tokens, groups, rule, map } = report;
  const say = LANGUAGES[language];
  if (rule.missing.length === 10) return [say.noDigits(vocabulary, number)];
  const texts = tokens.map((token) => token.text);
  const sentences = [cutSentence(say, report), say.rule(rule), say.space(rule.takesSpace)];
  const hasPieces = /^\d+$/.test(number) && texts.length > 1 && texts.some((text) => text.length > 1);
  if (hasPieces && texts.join() !== groups.join()) sentences.push(say.groups(groups, texts, rule));
  return [...sentences, say.map(map)];
}

/** What is seen of a sum, in a sentence. */
export function sumSentence(vocabulary: string, sum: Sum, language: Language): string {
  const say = LANGUAGES[language];
  if (sum.missing.length === 0) return say.sum(vocabulary, sum);
  return say.unseen(vocabulary, `${sum.a.digits} ${sum.sign} ${sum.b.digits} = ${sum.c.digits}`, sum.missing);
}

/** That a text is not read as a number, and how to write one. */
export function notReadSentence(text: string, language: Language): string {
  return LANGUAGES[language].notRead(onOneLine(text));
}

/** That a text is not read as a sum, and how to write one. */
export function noSumSentence(text: string, language: Language): string {
  return LANGUAGES[language].noSum(onOneLine(text));
}

/** With control characters escaped, between quotes of the language. */
const onOneLine = (text: string) => JSON.stringify(text).slice(1, -1);

/** What stands before the fraction. */
const pointOf = (number: string) => /\d(\D)/.exec(number)?.[1];

function cutSentence(say: NumberSentences, { vocabulary, number, tokens, rule }: NumberReport): string {
  const [first] = tokens;
  const missing = rule.missing.filter((digit) => number.includes(digit));
  if (missing.length > 0) return say.unseen(vocabulary, number, missing);
  const texts = tokens.map((token) => token.text);
  if (tokens.length > 1) {
    const point = pointOf(number);
    if (point !== undefined) return say.fraction(vocabulary, number, texts, point, texts.includes(point));
    if (number.startsWith('-')) return say.signed(vocabulary, number, texts, texts.includes('-'));
  }
  if (first && tokens.length === 1 && number.length > 1) return say.opaque(vocabulary, number, first);
  if (tokens.every((token) => token.text.length === 1)) return say.digits(vocabulary, number, tokens.length);
  return say.pieces(vocabulary, number, texts);
}
