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
  const texts = tokens.map((token) => token.text);
  const sentences = [cutSentence(say, vocabulary, number, tokens), say.rule(rule), say.space(rule.takesSpace)];
  const hasPieces = texts.length > 1 && texts.some((text) => text.length > 1);
  if (hasPieces && texts.join() !== groups.join()) sentences.push(say.groups(groups, texts, rule));
  return [...sentences, say.map(map)];
}

/** What is seen of a sum, in a sentence. */
export function sumSentence(vocabulary: string, sum: Sum, language: Language): string {
  return LANGUAGES[language].sum(vocabulary, sum);
}

function cutSentence(say: NumberSentences, vocabulary: string, number: string, tokens: NumberToken[]): string {
  const [first] = tokens;
  if (first && tokens.length === 1 && number.length > 1) return say.opaque(vocabulary, number, first);
  if (tokens.every((token) => token.text.length === 1)) return say.digits(vocabulary, number, tokens.length);
  return say.pieces(
    vocabulary,
    number,
    tokens.map((token) => token.text),
  );
}
