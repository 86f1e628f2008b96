import { scaleLinear } from 'd3-scale';
import { nothing, type SVGTemplateResult, svg } from 'lit';
import { type ColourScale, cssColour } from '../../../src/display/colour-scale';
import { differenceShare, surprisalShare } from '../../../src/display/scales';

/** A token of the curve, or a word. */
export interface Column {
  /** Of its first token. */
  position: number;
  /** Of its last token. */
  last: number;
  label: string;
  /** NaN where nothing predicts it. */
  bits: number;
  /** Before tokens were changed; undefined where they are as in the document. */
  before: number | undefined;
}

export interface CurvePlot {
  columns: readonly Column[];
  /** Bits at the top, at the least. */
  highest: number;
  width: number;
  /** Of surprisal, 0 to 1; of differences, −1 to 1. */
  scale: ColourScale;
  selected: number | undefined;
}

/** Room for the numbers of the axis. */
export const LEFT = 28;
const TOP = 8;
const BOTTOM = 148;
const LABELS = 72;
export const PLOT_HEIGHT = BOTTOM + LABELS;
const WIDEST_COLUMN = 28;
const LONGEST_LABEL = 10;

/** Whether a column is of the token at a position. */
export function hasToken({ position, last }: Column, token: number | undefined): boolean {
  return token !== undefined && position <= token && token <= last;
}

/** Columns over an axis of bits, their tokens below. */
export function columnPlot({ columns, highest, width, scale, selected }: CurvePlot): SVGTemplateResult {
  const y = scaleLinear([0, highest], [BOTTOM, TOP]).nice(4);
  const step = Math.min(WIDEST_COLUMN, (width - LEFT) / columns.length);
  return svg`
    ${y.ticks(4).map(
      (bits) => svg`
        <line class="grid" x1=${LEFT} x2=${width} y1=${y(bits)} y2=${y(bits)}></line>
        <text x=${LEFT - 6} y=${y(bits) + 4} text-anchor="end">${bits}</text>`,
    )}
    ${columns.map((column, i) => {
      const isSelected = hasToken(column, selected);
      const x = LEFT + i * step;
      return svg`
        ${bar(column, { x, width: step, y, scale, isDifference: column.before !== undefined })}
        ${isSelected ? svg`<line class="at" x1=${x + step / 2} x2=${x + step / 2} y1="0" y2=${BOTTOM}></line>` : nothing}
        <text class=${isSelected ? 'mono selected' : 'mono'} transform="translate(${x + step / 2 - 4} ${BOTTOM + 5}) rotate(90)">${shorten(column.label)}</text>
        <rect class="hit" data-position=${column.position} x=${x} y="0" width=${step} height=${PLOT_HEIGHT}></rect>`;
    })}`;
}

/** One column; where tokens were changed, in colour only what is less or more than the line of before. */
function bar(
  { bits, before = bits }: Column,
  { x, width, y, scale, isDifference }: ColumnPlace,
): SVGTemplateResult | typeof nothing {
  if (Number.isNaN(bits)) return nothing;
  const rect = (fill: string, from: number, to: number) =>
    svg`<rect fill=${fill} x=${x} y=${y(to)} width=${width - 1} height=${Math.max(1, y(from) - y(to))}></rect>`;
  if (!isDifference) return rect(cssColour(scale(0.25 + 0.75 * surprisalShare(bits))), 0, bits);
  const difference = cssColour(scale(differenceShare(bits - before)));
  const [less, more] = bits < before ? [bits, before] : [before, bits];
  return svg`<g class="same">${rect('currentcolor', 0, less)}</g>
    ${more > less ? rect(difference, less, more) : nothing}
    <line class="before" x1=${x} x2=${x + width - 1} y1=${y(before)} y2=${y(before)}></line>`;
}

interface ColumnPlace {
  x: number;
  width: number;
  y: (bits: number) => number;
  scale: ColourScale;
  isDifference: boolean;
}

function shorten(label: string): string {
  const characters = [...label];
  return characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…` : label;
}
