import { formatEntropy, formatRank } from '../../display/bounds';
import { visibleText } from '../../display/glyphs';
import {
  formatBits,
  formatCount,
  formatLogprob,
  formatProbability,
  formatRatio,
  formatSigned,
} from '../../display/numbers';
import type { Contribution } from '../decorations/painted-why';
import type { ReadingPart } from '../readings/reading';
import { changesNote } from '../status/model-changes';
import type { Translate } from '../translate';
import { codeBlock, inlineCode, LINE_BREAK } from './markdown';
import type { MergeStep } from './merges';

/** Characters of a bar for 100 %. */
const BAR_WIDTH = 12;
/** Of eight parts of a character cell, from none. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** All that a hover says of a token. Texts are visible ones, of one line. */
export interface TokenCard {
  text: string;
  id: number;
  bytes: Uint8Array;
  control: boolean;
  /** Undefined where they are not known. */
  merges: readonly MergeStep[] | undefined;
  /** What the model thought; undefined where it was not asked, null where there is nothing to predict the token from. */
  prediction: Prediction | null | undefined;
  /** Which heads are switched off, if the model read without them. */
  changes: string | undefined;
  /** The word of several tokens that it is one of, and these; natural logarithm of their probability. */
  word: { text: string; tokens: readonly string[]; logprob: number } | undefined;
  /** What it means if it is a number. */
  numberLine: string | undefined;
  /** How much a token looks at it whose attention is painted. */
  attention: PaintedWeight | undefined;
  /** What it brings for a token of which it is painted why. */
  why: Contribution | undefined;
}

export interface PaintedWeight {
  /** From 0 to 1. */
  weight: number;
  /** The token that looks, as a visible text. */
  query: string;
  /** Whose attention it is. */
  head: string;
}

interface Prediction {
  /** Natural logarithm of the probability. */
  logprob: number;
  /** From 0; undefined where no ranks are known. */
  rank: number | undefined;
  /** Where ranks are known only up to a number: a token of that rank has it at least. */
  rankLimit?: number | undefined;
  /** Of the distribution that the token was drawn from, in bits; undefined where it is not known. */
  entropy: number | undefined;
  /** Whether it is only known to be no less. */
  isEntropyBound?: boolean | undefined;
  /** The most probable tokens in its place, the first of them the most. */
  instead: readonly Alternative[];
}

interface Alternative {
  text: string;
  id: number;
  logprob: number;
}

/** The last merges say most of a token. */
const MOST_MERGES = 3;
/** Rows of bars in a card without anything particular; a taller card would cover the lines that one compares. */
const MOST_BARS = 5;
const LEAST_BARS = 2;
/** So that what they stand in stays in one line. */
const MOST_BYTES = 8;
const STOOD_THERE = ' ◂';

/**
 * The card as Markdown, which is what it is whatever the token holds: nothing in bold follows a text in the same paragraph,
 * since the editor's Markdown takes some texts for a part of it. Six lines, and more only where a token has much about it.
 */
export function tokenMarkdown(card: TokenCard, t: Translate): string {
  const { prediction, changes, numberLine } = card;
  const particular = [
    ...(prediction && changes !== undefined ? [changesNote(changes, t)] : []),
    ...attentionOf(card, t),
    ...whyOf(card, t),
    ...wordOf(card, t),
    ...(numberLine === undefined ? [] : [inlineCode(numberLine)]),
  ];
  if (!prediction) return paragraphs([titleOf(card, t)], [...judgementOf(card, t), ...particular], mergesOf(card, t));
  const summary = [nameOf(card, t), ...judgementOf(card, t)].join(' · ');
  const bars = barsOf(card, prediction, MOST_BARS - particular.length);
  return paragraphs([summary], particular, [bars], boundsOf(prediction, t));
}

/** Only what it is called. */
export const nameMarkdown = (card: TokenCard, t: Translate): string => nameOf(card, t);

/** The same of one of several tokens that share a character: their cards stand one under another. */
export function pieceMarkdown(card: TokenCard, t: Translate): string {
  return paragraphs([titleOf(card, t)], judgementOf(card, t));
}

/** What stands before the links under a card: what its first line has no room for. There is no text of the token in it. */
export function footMarkdown(card: TokenCard, t: Translate): string[] {
  return card.prediction ? [numbersOf(card, t)] : [];
}

/** Why numbers are bounds. */
function boundsOf({ instead, rank, rankLimit, entropy, isEntropyBound }: Prediction, t: Translate): string[] {
  const isPastNamed = rank !== undefined && rank >= (rankLimit ?? Number.POSITIVE_INFINITY);
  const isBound = isPastNamed || (entropy !== undefined && isEntropyBound);
  return isBound
    ? [t('≥ and >: the server names only the {0} most probable tokens.', formatCount(instead.length))]
    : [];
}

const paragraphs = (...lines: string[][]) =>
  lines.flatMap((paragraph) => (paragraph.length > 0 ? [paragraph.join(LINE_BREAK)] : [])).join('\n\n');

/** How merges built the token; nothing of one byte, which needs none. */
function mergesOf({ merges, bytes, control }: TokenCard, t: Translate): string[] {
  if (!merges) return [];
  if (merges.length === 0) {
    const isByte = bytes.length === 1 && !control;
    return isByte ? [] : [t('No merges built it: it is in the vocabulary as a whole.')];
  }
  const shown = merges.slice(-MOST_MERGES);
  const width = Math.max(...shown.map(({ rank }) => formatCount(rank).length));
  const earlier = merges.length - shown.length;
  const lines = shown.map(
    ({ rank, left, right, merged }) =>
      `${t('merge')} ${formatCount(rank).padStart(width)}  ${left} + ${right} → ${merged}`,
  );
  return [codeBlock([...(earlier > 0 ? [t('… earlier merges: {0}', earlier)] : []), ...lines])];
}

/** What stands over the cards of several tokens that have bytes of one character. */
export function splitMarkdown(character: string, tokens: number, t: Translate): string {
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `${inlineCode(visibleText(character))} · U+${point} · ${t('{0} tokens share its bytes', tokens)}`;
}

/** How probable it was. */
function judgementOf({ prediction }: TokenCard, t: Translate): string[] {
  if (prediction === undefined) return [];
  if (prediction === null) return [t('The first token: nothing stands before it, so nothing predicts it.')];
  const { logprob, rank, rankLimit, entropy, isEntropyBound } = prediction;
  const numbers = [
    formatLogprob(logprob),
    ...(rank === undefined ? [] : [t('rank {0}', formatRank(rank, rankLimit))]),
    t('surprisal {0}', formatBits(-logprob / Math.LN2)),
    ...(entropy === undefined ? [] : [t('entropy {0}', formatEntropy(entropy, isEntropyBound))]),
  ];
  return [numbers.join(' · ')];
}

function titleOf(card: TokenCard, t: Translate): string {
  return `${nameOf(card, t)} · ${numbersOf(card, t)}`;
}

function nameOf({ text, control }: TokenCard, t: Translate): string {
  return control ? `${inlineCode(text)} · ${t('control token')}` : inlineCode(text);
}

/** Its id and its bytes, which say nothing that the text does not where that is plain. */
function numbersOf({ id, bytes }: TokenCard, t: Translate): string {
  const count = bytes.length === 1 ? t('1 byte') : t('{0} bytes', bytes.length);
  const isPlain = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  const hex = Array.from(bytes.subarray(0, MOST_BYTES), (byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
  if (bytes.length > hex.length) hex.push('…');
  return `id ${id} · ${count}${isPlain ? '' : ` ${inlineCode(hex.join(' '))}`}`;
}

/** A part of a word says little by itself. */
function wordOf({ word }: TokenCard, t: Translate): string[] {
  if (!word) return [];
  const pieces = inlineCode(word.tokens.join(' + '));
  const cost = Number.isNaN(word.logprob) ? [] : [formatBits(-word.logprob / Math.LN2)];
  return [[`${t('word {0}', inlineCode(word.text))}`, ...cost, pieces].join(' · ')];
}

function attentionOf({ attention }: TokenCard, t: Translate): string[] {
  if (!attention) return [];
  const { weight, query, head } = attention;
  return [`**${formatProbability(weight)}** ${t('of the attention of {0}', inlineCode(query))} · ${head}`];
}

function whyOf({ why }: TokenCard, t: Translate): string[] {
  if (!why) return [];
  const { value, token, against, of } = why;
  const times = formatRatio(Math.abs(of));
  const whole =
    of < 0
      ? t('of a logit difference of {0}: {1} times less probable', formatSigned(of), times)
      : t('of a logit difference of {0}: {1} times more probable', formatSigned(of), times);
  const [own, other] = [inlineCode(token), inlineCode(against)];
  const side = value < 0 ? t('against {0}, for {1}', own, other) : t('for {0}, against {1}', own, other);
  return [`**${formatSigned(value)}** ${side} · ${whole}`];
}

/** The most probable tokens and the one that stood there, in so many rows. */
function barsOf({ text, id }: TokenCard, { logprob, instead }: Prediction, wanted: number): string {
  const most = instead.slice(0, Math.max(LEAST_BARS, wanted));
  const isAmong = most.some((alternative) => alternative.id === id);
  const rows = isAmong ? most : [...most.slice(0, -1), { text, id, logprob }];
  const width = Math.max(...rows.map((row) => formatLogprob(row.logprob).length));
  const lines = rows.map((row) => {
    const probability = formatLogprob(row.logprob).padStart(width);
    return `${bar(Math.exp(row.logprob))} ${probability}  ${row.text}${row.id === id ? STOOD_THERE : ''}`;
  });
  return codeBlock(lines);
}

/** A probability as a bar of at most 12 characters, padded to that; what is not 0 is seen. */
export function bar(probability: number): string {
  const eighths = probability > 0 ? Math.max(1, Math.round(probability * BAR_WIDTH * 8)) : 0;
  return `${'█'.repeat(eighths >> 3)}${EIGHTHS[eighths & 7]}`.padEnd(BAR_WIDTH);
}

/**
 * What the model thought of a token of a text that it read; null for the first, which nothing predicts.
 *
 * @param textOf the visible text of a token id
 */
export function predictionOf(
  { predictions, ids }: Pick<ReadingPart, 'predictions' | 'ids'>,
  index: number,
  textOf: (id: number) => string,
): Prediction | null {
  const logprob = predictions.logprob[index] ?? Number.NaN;
  if (index === 0 || index >= ids.length || Number.isNaN(logprob)) return null;
  // The distribution that a token is drawn from is the one after the token before.
  const before = index - 1;
  const { topK, topIdsAfter: topIds, topLogprobsAfter: topLogprobs, rankLimit, isEntropyBound } = predictions;
  const entropy = predictions.entropyAfter[before] ?? Number.NaN;
  const named = Array.from({ length: topK }, (_, place) => {
    const id = topIds[before * topK + place] ?? 0;
    return { id, text: textOf(id), logprob: topLogprobs[before * topK + place] ?? Number.NaN };
  });
  return {
    logprob,
    rank: rankLimit === 0 ? undefined : (predictions.rank[index] ?? 0),
    rankLimit,
    entropy: Number.isNaN(entropy) ? undefined : entropy,
    isEntropyBound,
    // A server may name fewer at some places.
    instead: named.filter((alternative) => !Number.isNaN(alternative.logprob)),
  };
}
