import { scaleLinear } from 'd3-scale';
import { nothing, type SVGTemplateResult, svg } from 'lit';
import { cssColour } from '../../../src/shared/colour-scale';
import { differenceShare, surprisalShare } from '../../../src/shared/scales';
import type { Theme } from '../../kit/theme';

/** A token of the curve. */
export interface Column {
  position: number;
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
  theme: Theme;
  selected: number | undefined;
  hovered: number | undefined;
}

/** Room for the numbers of the axis. */
export const LEFT = 28;
const TOP = 8;
const BOTTOM = 148;
const LABELS = 72;
export const PLOT_HEIGHT = BOTTOM + LABELS;
const WIDEST_COLUMN = 28;
const LONGEST_LABEL = 10;

/** Columns over an axis of bits, their tokens below. */
export function columnPlot({ columns, highest, width, theme, selected, hovered }: CurvePlot): SVGTemplateResult {
  const y = scaleLinear([0, highest], [BOTTOM, TOP]).nice(4);
  const step = Math.min(WIDEST_COLUMN, (width - LEFT) / columns.length);
  return svg`
    ${y.ticks(4).map(
      (bits) => svg`
        <line class="grid" x1=${LEFT} x2=${width} y1=${y(bits)} y2=${y(bits)}></line>
        <text x=${LEFT - 6} y=${y(bits) + 4} text-anchor="end">${bits}</text>`,
    )}
    ${columns.map((column, i) => {
      const isSelected = column.position === selected;
      const classes = `hit ${column.position === hovered ? 'hovered' : ''}`;
      const x = LEFT + i * step;
      return svg`
        ${bar(column, { x, width: step, y, theme })}
        ${isSelected ? svg`<line class="at" x1=${x + step / 2} x2=${x + step / 2} y1="0" y2=${BOTTOM}></line>` : nothing}
        <text class=${isSelected ? 'mono selected' : 'mono'} transform="translate(${x + step / 2 - 4} ${BOTTOM + 5}) rotate(90)">${shorten(column.label)}</text>
        <rect class=${classes} data-position=${column.position} x=${x} y="0" width=${step} height=${PLOT_HEIGHT}></rect>`;
    })}`;
}

function bar(
  { bits, before }: Column,
  { x, width, y, theme }: { x: number; width: number; y: (bits: number) => number; theme: Theme },
): SVGTemplateResult | typeof nothing {
  if (Number.isNaN(bits)) return nothing;
  const colour =
    before === undefined
      ? theme.mark('warm')(0.25 + 0.75 * surprisalShare(bits))
      : theme.differenceMark(differenceShare(bits - before));
  const height = Math.max(1, BOTTOM - y(bits));
  const end = x + width - 1;
  const line =
    before === undefined
      ? nothing
      : svg`<line class="before" x1=${x} x2=${end} y1=${y(before)} y2=${y(before)}></line>`;
  return svg`<rect fill=${cssColour(colour)} x=${x} y=${BOTTOM - height} width=${width - 1} height=${height}></rect>${line}`;
}

function shorten(label: string): string {
  const characters = [...label];
  return characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…` : label;
}
