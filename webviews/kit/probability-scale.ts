import { css, html, type TemplateResult } from 'lit';
import { formatProbability, LEAST_SHARE } from '../../src/display/numbers';
import { t } from '../l10n';

/** Shares of 100 % that are all smaller could not be told apart on a scale of 100 %. */
const LEAST_LARGEST = 0.05;

/**
 * Where a scale for bars of probabilities ends: at 100 %, so that a bar looks like the part that it is; or, where that would
 * hide everything, at the next power of ten.
 */
export function probabilityScaleEnd(largest: number): number {
  return largest >= LEAST_LARGEST || largest <= 0 ? 1 : 10 ** Math.ceil(Math.log10(largest));
}

/** How wide the bar of a probability is: what is too little to be pictured has none. */
export function barWidth(probability: number, end: number): string {
  return probability < LEAST_SHARE ? '0' : `max(1px, ${(100 * probability) / end}%)`;
}

/** The mark at the end of the scale: in large figures where that is not 100 %. */
export function scaleEndMark(end: number): TemplateResult {
  if (end === 1) return html`<span class="scale-end number">${formatProbability(end)}</span>`;
  return html`<span class="scale-end number"><strong>${t('up to {0}', formatProbability(end))}</strong></span>`;
}

export const scaleEndStyles = css`
  .scale-end { display: block; text-align: end; color: var(--dim); font-size: 0.85em; line-height: 1.2; white-space: nowrap; }
  .scale-end strong { font-size: 1.6em; color: var(--vscode-editor-foreground); }
`;

/** Lists in which every row is a label, a bar and its number, and may be a button. Each list has columns of its own. */
export const barListStyles = [
  scaleEndStyles,
  css`
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    .bar-row {
      display: grid;
      gap: 8px;
      align-items: center;
      width: 100%;
      min-height: 22px;
      font: inherit;
      color: inherit;
      background: none;
      border: 0;
      padding: 0;
      text-align: start;
    }
    button.bar-row {
      cursor: pointer;
    }
    button.bar-row:hover {
      background: var(--vscode-list-hoverBackground);
    }
    .label {
      text-align: end;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: pre;
    }
  `,
];
