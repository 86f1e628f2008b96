import { english } from './english';
import type { Language, NumberReport, NumberSentences, Sum } from './report';
import { spanish } from './spanish';

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
