import { scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { nothing, type SVGTemplateResult, svg } from 'lit';
import {
  CHINCHILLA,
  EPOCH,
  kaplanOptimalTokens,
  optimalTokens,
  optimumFor,
  tokensForLoss,
} from '../../../../src/anatomy/scaling-laws';
import { type ColourScale, cssColour } from '../../../../src/display/colour-scale';
import { formatSi } from '../../../../src/display/format-si';
import { formatDecimal } from '../../../../src/display/numbers';
import { t } from '../../../l10n';
import { type Training, trainingFlops } from './training';

export const HEIGHT = 340;
const MARGIN = { top: 20, right: 8, bottom: 40, left: 44 };
const POINTS = 400;
/** Nats a token, from the worst: each has a line. */
const LEVELS = [10, 8, 6, 5, 4, 3.5, 3, 2.6, 2.3, 2.1, 2, 1.9];
/** Of a tint, the first of so many: what is better is nearer to the background. */
const TONES = LEVELS.length;

/** Powers of ten between which sizes and tokens lie. */
export const SIZES = { from: 6, to: 12 };
export const TOKENS = { from: 8, to: 14 };

interface Place {
  size: number;
  tokens: number;
}

interface Plot {
  x: ReturnType<typeof scaleLog<number, number>>;
  y: ReturnType<typeof scaleLog<number, number>>;
  sizes: readonly number[];
}

const decades = ({ from, to }: { from: number; to: number }) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

const isInside = ({ size, tokens }: Place) =>
  size >= 10 ** SIZES.from && size <= 10 ** SIZES.to && tokens >= 10 ** TOKENS.from && tokens <= 10 ** TOKENS.to;

const inside = (places: Place[]) => places.filter(isInside);

/** Whether the surface reaches so far: where it does not, the training has no point. */
export const isOnMap = ({ parameters: size, tokens }: Training): boolean => isInside({ size, tokens });

/** The land, its axes, the papers' lines and the training. @param tone of the tint for text, 0 to 1 */
export function lossPlot(training: Training, width: number, tone: ColourScale): SVGTemplateResult {
  const x = scaleLog([10 ** SIZES.from, 10 ** SIZES.to], [MARGIN.left, width - MARGIN.right]).clamp(true);
  const y = scaleLog([10 ** TOKENS.from, 10 ** TOKENS.to], [HEIGHT - MARGIN.bottom, MARGIN.top]).clamp(true);
  const sizes = Array.from(
    { length: POINTS + 1 },
    (_, i) => 10 ** (SIZES.from + (i * (SIZES.to - SIZES.from)) / POINTS),
  );
  const plot = { x, y, sizes };
  return svg`${landOf(plot, tone)}
    ${axesOf(plot)}
    ${linesOf(plot, training)}
    ${pointsOf(plot, training)}`;
}

/** Each height from the worst, painted over the one before. */
function landOf({ x, y, sizes }: Plot, tone: ColourScale): SVGTemplateResult {
  const [left, right] = x.range() as [number, number];
  const [bottom, top] = y.range() as [number, number];
  return svg`<rect x=${left} y=${top} width=${right - left} height=${bottom - top} fill=${cssColour(tone(1))}></rect>
    ${LEVELS.map((loss, level) => {
      const edge = sizes.flatMap((size) => {
        const tokens = tokensForLoss(EPOCH, size, loss);
        return tokens === undefined ? [] : [{ size, tokens }];
      });
      const land = area<Place>(
        ({ size }) => x(size),
        top,
        ({ tokens }) => y(tokens),
      )(edge);
      const height = line<Place>(
        ({ size }) => x(size),
        ({ tokens }) => y(tokens),
      )(inside(edge));
      const last = edge.at(-1);
      return svg`<path d=${land ?? ''} fill=${cssColour(tone(1 - (level + 1) / TONES))}></path>
        <path class="level" d=${height ?? ''}></path>
        ${
          last && isInside(last)
            ? svg`<text class="number" x=${right - 4} y=${y(last.tokens) - 3} text-anchor="end">${formatDecimal(loss)}</text>`
            : nothing
        }`;
    })}`;
}

function axesOf({ x, y }: Plot): SVGTemplateResult {
  const [left, right] = x.range() as [number, number];
  const [bottom, top] = y.range() as [number, number];
  const everyOther = (decade: number) => decade % (right - left < 400 ? 2 : 1) === 0;
  return svg`
    ${decades(SIZES)
      .filter(everyOther)
      .map(
        (
          decade,
        ) => svg`<line class="grid" x1=${x(10 ** decade)} x2=${x(10 ** decade)} y1=${bottom} y2=${bottom + 4}></line>
        <text class="axis" x=${x(10 ** decade)} y=${bottom + 16} text-anchor=${decade === SIZES.to ? 'end' : 'middle'}>${formatSi(10 ** decade)}</text>`,
      )}
    ${decades(TOKENS).map(
      (decade) => svg`<line class="grid" x1=${left - 4} x2=${left} y1=${y(10 ** decade)} y2=${y(10 ** decade)}></line>
        <text class="axis" x=${left - 6} y=${y(10 ** decade) + 4} text-anchor="end">${formatSi(10 ** decade)}</text>`,
    )}
    <text class="axis" x=${right} y=${bottom + 32} text-anchor="end">${t('weights')} →</text>
    <text class="axis" x=${left} y=${top - 8}>↑ ${t('tokens')}</text>`;
}

function linesOf({ x, y, sizes }: Plot, training: Training): SVGTemplateResult {
  const flops = trainingFlops(training);
  const along = (tokensOf: (size: number) => number) =>
    line<Place>(
      ({ size }) => x(size),
      ({ tokens }) => y(tokens),
    )(inside(sizes.map((size) => ({ size, tokens: tokensOf(size) })))) ?? '';
  return svg`<path class="best refit" d=${along((size) => optimalTokens(EPOCH, size))}></path>
    <path class="best printed" d=${along((size) => optimalTokens(CHINCHILLA, size))}></path>
    <path class="best kaplan" d=${along(kaplanOptimalTokens)}></path>
    <path class="equal" d=${along((size) => flops / 6 / size)}></path>`;
}

function pointsOf({ x, y }: Plot, training: Training): SVGTemplateResult {
  const { parameters, tokens } = training;
  const best = [EPOCH, CHINCHILLA].map((fit) => optimumFor(fit, trainingFlops(training)));
  return svg`
    ${best
      .map(({ parameters: size, tokens }) => ({ size, tokens }))
      .filter(isInside)
      .map(({ size, tokens }) => svg`<circle class="optimum" cx=${x(size)} cy=${y(tokens)} r="4"></circle>`)}
    ${isOnMap(training) ? svg`<circle class="point" cx=${x(parameters)} cy=${y(tokens)} r="6"></circle>` : nothing}`;
}
