import { charactersOf, hasDivergence, klAt, logRatioAt } from '../../comparison/differences-at';
import { formatEntropy, formatRank } from '../../display/bounds';
import { visibleText } from '../../display/glyphs';
import {
  formatBits,
  formatLogprob,
  formatNats,
  formatQuantity,
  formatRatio,
  formatSigned,
} from '../../display/numbers';
import { bitsOf } from '../../display/scales';
import type { ComparedText, ModelSide } from '../../shared/difference-api';
import type { Translate } from '../translate';
import { codeBlock, inlineCode, LINE_BREAK } from './markdown';

/** A pair of tokens, or a shared span, and what both models are called. */
export interface DifferenceCard {
  compared: ComparedText;
  index: number;
  labels: { a: string; b: string };
}

/** What two models with different vocabularies say of a part of the text that both cut off at the same characters, as Markdown. */
export function spanMarkdown({ compared, index, labels }: DifferenceCard, t: Translate): string {
  const { text, spans } = compared;
  const { start = 0, end = 0, tokensA = 0, tokensB = 0, logprobA = 0, logprobB = 0 } = spans[index] ?? {};
  const characters = charactersOf(text, { start, end });
  const ratio = logRatioAt(compared, index);
  const lineOf = (name: string, tokens: number, logprob: number) => {
    const bits = bitsOf(logprob);
    const each = t('{0} a character', formatBits(bits / characters));
    return [name, formatBits(bits), formatQuantity(tokens, 'token'), each].join(' · ');
  };
  return [
    `${inlineCode(visibleText(text.slice(start, end)))} · ${inWords(ratio, t)}`,
    [
      t('ln(p B / p A) {0} nats', formatSigned(ratio)),
      lineOf(`A ${inlineCode(labels.a)}`, tokensA, logprobA),
      lineOf(`B ${inlineCode(labels.b)}`, tokensB, logprobB),
    ].join(LINE_BREAK),
    t('KL is not defined: the vocabularies are different, and no token of one stands for a token of the other.'),
  ].join('\n\n');
}

/**
 * What two models say in the place of a token, side by side, as Markdown.
 *
 * @param name of the token, as Markdown
 * @param textOf the visible text of a token id
 */
export function differenceMarkdown(
  name: string,
  { compared, index: pair, labels }: DifferenceCard,
  textOf: (id: number) => string,
  t: Translate,
): string {
  const { a, b, topK } = compared.tokens;
  const [ofA, ofB] = [judgementOf(a, pair, t), judgementOf(b, pair, t)];
  const ratio = logRatioAt(compared, pair);
  const divergence = hasDivergence(compared)
    ? t('ln(p B / p A) {0} nats · KL {1}', formatSigned(ratio), formatNats(klAt(compared, pair)))
    : t('ln(p B / p A) {0} nats', formatSigned(ratio));
  const [columnA, columnB] = [a, b].map((side) => guessesOf(side, pair, topK, textOf)) as [string[], string[]];
  const head = [`A ${labels.a}`, `B ${labels.b}`] as const;
  const width = Math.max(...[head[0], ...columnA].map((line) => line.length)) + 3;
  const rows = columnA.map((line, i) => `${line.padEnd(width)}${columnB[i] ?? ''}`);
  return [
    `${name} · ${inWords(ratio, t)}`,
    [divergence, `A: ${ofA}`, `B: ${ofB}`].join(LINE_BREAK),
    codeBlock([`${head[0].padEnd(width)}${head[1]}`, ...rows]),
  ].join('\n\n');
}

/** Below that many times as probable, it is said the other way around. */
const LEAST_TIMES = 0.1;

/** @param ratio ln(p_B / p_A) */
function inWords(ratio: number, t: Translate): string {
  if (formatRatio(ratio) === formatRatio(0)) return t('B gives it the probability that A gives it.');
  return ratio < Math.log(LEAST_TIMES)
    ? t('A gives it {0} times the probability that B gives it.', formatRatio(-ratio))
    : t('B gives it {0} times the probability that A gives it.', formatRatio(ratio));
}

/** Of a server that names no alternatives it is known only how probable the token is. */
function judgementOf(
  { logprob, rank, rankLimit, entropy, isEntropyBound }: ModelSide,
  pair: number,
  t: Translate,
): string {
  const bits = (entropy[pair] as number) / Math.LN2;
  return [
    formatLogprob(logprob[pair] as number),
    ...(rankLimit === 0 ? [] : [t('rank {0}', formatRank(rank[pair] as number, rankLimit))]),
    ...(Number.isNaN(bits) ? [] : [t('entropy {0}', formatEntropy(bits, isEntropyBound))]),
  ].join(' · ');
}

function guessesOf(
  { topIds, topLogprobs }: ModelSide,
  pair: number,
  topK: number,
  textOf: (id: number) => string,
): string[] {
  return Array.from({ length: topK }, (_, i) => {
    const at = pair * topK + i;
    return `${formatLogprob(topLogprobs[at] as number).padStart(8)}  ${textOf(topIds[at] as number)}`;
  });
}
