import { formatBits, formatCount, formatDecimal, formatProbability, formatSigned } from '../../display/numbers';
import { QUANTITY_HUES, type Quantity } from '../../display/quantities';
import { DIFFERENCE_END_BITS } from '../../display/scales';
import { LEVELS } from '../../display/tints';
import type { ChosenHues } from '../../shared/inspector-api';
import { endsOf } from '../decorations/quantities';
import { type Ground, type Hue, tintOf } from '../decorations/tints';
import { inlineCode } from '../hover/markdown';
import type { Translate } from '../translate';

/** How colours look in the theme. */
interface LegendTheme {
  ground: Ground;
  hues?: ChosenHues;
}

/** What a text is coloured by, how a model has read it, and what the settings leave bare. */
export interface HeatLegend extends LegendTheme {
  quantity: Quantity;
  read: ReadFacts;
  /** Bits from which on tokens are coloured. */
  colourFrom: number;
  colourComments: boolean;
}

/** How a model has read a text. */
export interface ReadFacts {
  /** Of the model's vocabulary. */
  vocabSize: number;
  /** How many of the most probable tokens it names at each place, where it does not know all: ranks or entropies are bounds then. */
  named?: number | undefined;
  rankLimit?: number | undefined;
  isEntropyBound?: boolean | undefined;
  /** Where the text was read in windows, tokens of one. */
  windowTokens?: number | undefined;
}

/** Whose attention is painted, as a visible text and a name, and how strong it is. */
export interface AttentionLegend extends LegendTheme {
  query: string;
  head: string;
  /** The largest weight that is shown, from 0 to 1. */
  largest: number;
  /** The share of the first token, where that is not shown; otherwise 0. */
  masked: number;
}

/** What the colours and underlines of a text mean, as Markdown. */
export function heatLegend(legend: HeatLegend, t: Translate): string[] {
  const { quantity, read, colourFrom, colourComments } = legend;
  const [quiet, loud] = endsOf(quantity, read.vocabSize, read.rankLimit);
  const scale = `**${nameOf(quantity, t)}** ${quiet} ${swatches(QUANTITY_HUES[quantity], legend)} ${loud}`;
  const lines = [scale, ...underlinesNote(quantity, read, t), ...windowsNote(read, t)];
  if (colourFrom > 0) lines.push(t('Under {0} nothing is coloured: {1}', formatBits(colourFrom), COLOUR_FROM));
  if (!colourComments) lines.push(t('Comments are not coloured: {0}', COLOUR_COMMENTS));
  return lines;
}

/** What the lines mean, and what is a bound of what is shown. */
function underlinesNote(
  quantity: Quantity,
  { named = 0, rankLimit, isEntropyBound }: ReadFacts,
  t: Translate,
): string[] {
  const count = formatCount(named);
  if (quantity === 'entropy') {
    if (!isEntropyBound) return [];
    return [t('The server names only the {0} most probable tokens: each entropy is this, or more.', count)];
  }
  if (rankLimit === undefined) {
    return [t('Underlines: none for the first guess, dotted for 2 to 10, dashed for 11 to 100, solid beyond.')];
  }
  if (rankLimit === 0) return [t('The server does not tell the ranks of tokens, so nothing is underlined.')];
  return [
    t(
      'Underlines: none for the first guess, dotted for 2 to {0}, double beyond: the server names only the {0} most probable tokens.',
      formatCount(rankLimit),
    ),
  ];
}

function windowsNote({ windowTokens }: ReadFacts, t: Translate): string[] {
  if (windowTokens === undefined) return [];
  return [
    t(
      'Read in windows of {0} tokens, each with the last half of the one before: a token has at least {1} before it, or all of the text.',
      formatCount(windowTokens),
      formatCount(Math.floor(windowTokens / 2)),
    ),
  ];
}

/** What painted attention means, and what is not seen of it where lines are long. */
export function attentionLegend(legend: AttentionLegend, t: Translate): string[] {
  const { query, head, largest, masked } = legend;
  const scale = `**${t('Attention')}** 0 % ${swatches('blue', legend)} ${formatProbability(largest)}`;
  const meaning = t('How much {0}, in the frame, takes from each token before it: {1}', inlineCode(query), head);
  const sink = t('The first token takes {0}, which is not shown: {1}', formatProbability(masked), MASK_SINK);
  return [scale, meaning, ...(masked > 0 ? [sink] : [])];
}

/** Why a token, as visible texts: what the heads bring over the text, of a difference of logits. */
export interface WhyLegend extends LegendTheme {
  token: string;
  against: string;
  /** The largest of what a token brings, without its sign. */
  largest: number;
  /** What all tokens bring, and the difference. */
  sum: number;
  of: number;
}

/** What the two hues mean where it is painted why a token, and how much of the whole is painted. */
export function whyLegend(legend: WhyLegend, t: Translate): string[] {
  const { token, against, largest, sum, of } = legend;
  const end = formatDecimal(largest);
  const [forIt, againstIt] = [swatches('blue', legend), swatches('warm', legend, 'loudFirst')];
  return [
    `**${t('Why')}** ${t('against')} −${end} ${againstIt} 0 ${forIt} +${end} ${t('for')}`,
    t('What the heads bring from each token for {0} and against {1}.', inlineCode(token), inlineCode(against)),
    t(
      'Together {0} of a logit difference of {1}; the rest is of the MLPs and the embedding.',
      formatSigned(sum),
      formatSigned(of),
    ),
    `[${t('Open the view Why')}](command:vitrine.inspectWhy)`,
  ];
}

/** What both models are called, and how they read. */
interface DifferenceLegend extends LegendTheme {
  a: string;
  b: string;
  /** Whether B reads the text within its chat template. */
  isChat: boolean;
  takesTurns: boolean;
  /** Whether both give whole distributions, of which KL is. */
  hasDistributions: boolean;
}

/** What the two hues and the lines mean where a text is coloured by what two models say otherwise. */
export function differenceLegend(
  { a, b, isChat, takesTurns, hasDistributions, ...theme }: DifferenceLegend,
  t: Translate,
): string[] {
  const end = formatDecimal(DIFFERENCE_END_BITS * Math.LN2);
  const [more, less] = [swatches('blue', theme), swatches('warm', theme, 'loudFirst')];
  return [
    `**${t('Difference')}** ${t('less probable')} −${end} ${less} 0 ${more} +${end} ${t('more probable')}`,
    t('ln(p B / p A) in nats. A: {0}. B: {1}.', inlineCode(a), inlineCode(b)),
    ...(hasDistributions
      ? [
          t(
            'Underlines: how far both distributions are apart, KL(A ‖ B): dotted from 0.01 nats, dashed from 0.1, solid from 1.',
          ),
        ]
      : []),
    ...(isChat
      ? [
          t(
            'B reads the text as the message of a user. Compared are the tokens of the text, not those of the template.',
          ),
        ]
      : []),
    ...(takesTurns ? [t('Memory holds one of both at a time: they take turns, which takes longer.')] : []),
  ];
}

const COLOUR_FROM = inlineCode('vitrine.colourFrom');
const COLOUR_COMMENTS = inlineCode('vitrine.colourComments');
const MASK_SINK = inlineCode('vitrine.maskSink');

function nameOf(quantity: Quantity, t: Translate): string {
  switch (quantity) {
    case 'surprisal':
      return t('Surprisal');
    case 'probability':
      return t('Probability');
    case 'rank':
      return t('Rank');
    case 'entropy':
      return t('Entropy');
  }
}

/** The tints from the lowest, which is bare, to the strongest; or the other way round. */
function swatches(hue: Hue, { ground, hues }: LegendTheme, order?: 'loudFirst'): string {
  const tints = Array.from({ length: LEVELS }, (_, level) => {
    const { colour, opacity } = tintOf(hue, ground, level, hues);
    const hex = [...colour, Math.round(255 * opacity)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `<span style="background-color:#${hex};">&nbsp;&nbsp;</span>`;
  });
  return (order ? tints.reverse() : tints).join('');
}
