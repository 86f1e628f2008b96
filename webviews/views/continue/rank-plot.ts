import { type ScaleLogarithmic, scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { nothing, type SVGTemplateResult, svg } from 'lit';
import { cssColour } from '../../../src/display/colour-scale';
import { formatCount, LEAST_SHARE, spokenDigits } from '../../../src/display/numbers';
import { styled } from '../../kit/styled';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';
import type { Draw, Place } from './place';

export const PLOT_HEIGHT = 190;
const MARGIN = { top: 18, right: 8, bottom: 34, left: 52 };
const BOTTOM = PLOT_HEIGHT - MARGIN.bottom;
/** Of so many ranks the curve is drawn; more would not be seen. */
const POINTS = 240;
/** Decimal logarithm of the probability where the axis ends: what is less has no strength that one could picture. */
const LOWEST = Math.log10(LEAST_SHARE);
/** Those of the probabilities that are named. */
const Y_TICKS = [0, -2, LOWEST];
/** Pixels that two numbers under the axis keep apart. */
const LABEL_WIDTH = 62;

export interface RankPlot {
  place: Place;
  draw: Draw;
  theme: Theme;
  width: number;
  /** That is read off, from 1. */
  rank: number | undefined;
}

interface Point {
  rank: number;
  /** Decimal logarithm of the probability. */
  log: number;
}

type Scale = ScaleLogarithmic<number, number>;

/** From ranks, the first of which is 1, to pixels. */
export function rankScale(count: number, width: number): Scale {
  return scaleLog([1, count], [MARGIN.left, width - MARGIN.right]);
}

/** Probability over rank, both in logarithm: the model's, what sampling makes of it, and where it cuts. */
export function rankPlot({ place, draw, theme, width, rank }: RankPlot): SVGTemplateResult {
  const count = place.order.length;
  const { left } = draw;
  const rawLog = (at: number) => (place.logprobs[place.order[at - 1] ?? 0] ?? Number.NEGATIVE_INFINITY) / Math.LN10;
  const raw = points(count - underLeast(place), rawLog);
  const adjusted = points(left.length, (at) => Math.log10(left[at - 1]?.probability ?? 0));
  const x = rankScale(count, width);
  const y = scaleLinear([LOWEST, 0], [BOTTOM, MARGIN.top]);
  const xOf = (point: Point) => x(point.rank);
  const yOf = (point: Point) => y(point.log);
  const candidates = raw.filter((point) => point.rank <= left.length);
  const warm = theme.mark('warm');
  return svg`
    ${axes(x, y, count)}
    <path ${styled({ fill: cssColour(warm(0.3)) })} d=${area(xOf, BOTTOM, yOf)(candidates) ?? ''}></path>
    <path class="raw" d=${line(xOf, yOf)(raw) ?? ''}></path>
    <path class="adjusted" ${styled({ stroke: cssColour(warm(1)) })} d=${line(xOf, yOf)(adjusted.filter(({ log }) => log >= LOWEST)) ?? ''}></path>
    ${left.length < count ? cut(x(left.length), width, left.length) : nothing}
    ${rank === undefined ? nothing : svg`<circle r="4" cx=${x(rank)} cy=${y(Math.max(LOWEST, rawLog(rank)))}></circle>`}`;
}

/** How many tokens are less probable than what is drawn. */
export function underLeast({ order, logprobs }: Place): number {
  const least = Math.log(LEAST_SHARE);
  return order.length - 1 - order.findLastIndex((id) => (logprobs[id] ?? Number.NEGATIVE_INFINITY) >= least);
}

function axes(x: Scale, y: (log: number) => number, count: number): SVGTemplateResult {
  const decades = Array.from({ length: Math.floor(Math.log10(count)) + 1 }, (_, i) => 10 ** i);
  const ranks = decades.filter((rank) => x(count) - x(rank) > LABEL_WIDTH);
  return svg`
    ${Y_TICKS.map(
      (log) => svg`<line class="grid" x1=${MARGIN.left} x2=${x(count)} y1=${y(log)} y2=${y(log)}></line>
        <text class="end number" x=${MARGIN.left - 6} y=${y(log) + 4}>${percentOf(log)}</text>`,
    )}
    ${ranks.map((rank) => svg`<text class="number" text-anchor="middle" x=${x(rank)} y=${BOTTOM + 14}>${formatCount(rank)}</text>`)}
    <text class="number end" x=${x(count)} y=${BOTTOM + 14}>${formatCount(count)}</text>
    <text x=${MARGIN.left} y=${BOTTOM + 28}>${t('rank')} →</text>`;
}

/** The line past which nothing is drawn, and how many are left of it. */
function cut(x: number, width: number, left: number): SVGTemplateResult {
  const isRight = x > width / 2;
  return svg`<line class="cut" x1=${x} x2=${x} y1=${MARGIN.top - 6} y2=${BOTTOM}></line>
    <text class="left number ${isRight ? 'end' : ''}" x=${x + (isRight ? -4 : 4)} y=${MARGIN.top - 6}>${t('{0} left', formatCount(left))}</text>`;
}

function points(count: number, log: (rank: number) => number): Point[] {
  const ranks = Array.from({ length: POINTS }, (_, i) => Math.round(count ** (i / (POINTS - 1))));
  return [...new Set(ranks)].map((rank) => ({ rank, log: log(rank) }));
}

function percentOf(log: number): string {
  return `${spokenDigits(`${10 ** (log + 2)}`)} %`;
}
