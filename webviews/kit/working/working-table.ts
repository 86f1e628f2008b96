import { css, html, type TemplateResult } from 'lit';
import { cssColour } from '../../../src/display/colour-scale';
import { formatDecimal, spokenDigits } from '../../../src/display/numbers';
import type { Hue } from '../../../src/shared/inspector-api';
import { styled } from '../styled';
import type { Theme } from '../theme';

/** Of a step's scale, as shares of its width. */
export interface StepBar {
  start: number;
  width: number;
}

/** One step of a row. @param text what `value` is, rounded; all its digits are on hover @param hue of the quantity; grey without */
export function stepCell(
  theme: Theme,
  text: string,
  value: number,
  { start, width }: StepBar,
  hue?: Hue,
): TemplateResult {
  const colour = cssColour(hue ? theme.mark(hue)(1) : theme.greyMark(1));
  return html`<td class="value" title=${value}>
    ${text}
    <div class="track" aria-hidden="true">
      <i ${styled({ left: `${100 * start}%`, width: `${100 * width}%`, 'background-color': colour })}></i>
    </div>
  </td>`;
}

/** What is less than this has no bar, and its digits on hover. */
const LEAST = 0.001;

/** Of what is never below 0, where there is little room: `0.44`, `<0.001`. */
export const formatStep = (value: number): string =>
  value < LEAST ? `<${spokenDigits(`${LEAST}`)}` : formatDecimal(value);

/** A bar of a score, on a scale of these that has 0 on it. */
export function barFromZero(value: number, all: readonly number[]): StepBar {
  const lowest = Math.min(0, ...all);
  const span = Math.max(0, ...all) - lowest || 1;
  return { start: (Math.min(0, value) - lowest) / span, width: Math.abs(value) / span };
}

/** A table of which each column is a step: a number, and under it a bar, so that the eye follows one row from step to step. */
export const workingTable = css`
  table { width: 100%; margin-top: 8px; border-collapse: collapse; table-layout: fixed; }
  th, td { padding: 2px 4px; font-weight: 400; text-align: end; vertical-align: top; overflow-wrap: anywhere; }
  td.value { white-space: nowrap; }
  thead th { vertical-align: bottom; white-space: nowrap; color: var(--dim); border-bottom: 1px solid var(--line); }
  tr > :first-child { width: 28%; padding-inline-start: 0; text-align: start; }
  tfoot > tr:first-child > * { border-top: 1px solid var(--line); }
  .name { display: inline-block; max-width: calc(100% - 1.5em); overflow: hidden; text-overflow: ellipsis; white-space: pre; vertical-align: bottom; }
  .rest { color: var(--dim); }
  .marked > th, .marked > td { font-weight: 600; }
  .track { position: relative; height: 8px; background: color-mix(in srgb, currentcolor 8%, transparent); }
  .track i { position: absolute; inset-block: 0; transition: width 120ms, left 120ms; }
  @container (max-width: 320px) {
    table { font-size: 0.85em; }
    th, td { padding-inline: 2px; }
    tr > :first-child { width: 22%; }
    .marked > td { font-weight: 400; }
  }
`;
