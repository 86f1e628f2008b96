import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ColourScale } from '../../../src/display/colour-scale';
import type { Sums } from '../../../src/display/sums';
import { t } from '../../l10n';

/** Sums of the document, and beside them those with tokens changed. */
export abstract class ComparedSumsElement extends LitElement {
  @property({ attribute: false }) accessor sums!: Sums;
  /** Undefined where no token is changed. */
  @property({ attribute: false }) accessor changed: Sums | undefined;
  @property({ attribute: false }) accessor tint!: ColourScale;
}

/** A number as it is shown, and on hover with all its digits. */
export interface Figure {
  text: string;
  value?: number | string | undefined;
}

/** A quantity in the document, and with tokens changed; one figure alone where nothing is changed. */
export interface ComparedRow {
  name: TemplateResult | string;
  /** Of its name. */
  kind?: string;
  figures: readonly (Figure | undefined)[];
}

/** A cell may take two lines: three numbers beside each other fit a narrow page. */
export const comparedStyles = css`
  table { width: 100%; border-collapse: collapse; }
  th { font-weight: 400; text-align: start; vertical-align: baseline; color: var(--dim); padding: 1px 0; }
  td, thead th { text-align: end; vertical-align: baseline; padding-inline-start: 8px; }
  thead th { font-size: 0.85em; }
`;

/** Numbers of the document beside those of the changed text, so that none is taken for the other's. @param differs whether rows say by how much they differ */
export function comparedTable(
  caption: string,
  rows: readonly ComparedRow[],
  { isChanged, differs = false }: { isChanged: boolean; differs?: boolean },
): TemplateResult {
  const columns = [t('in the document'), t('as changed'), ...(differs ? [t('difference')] : [])];
  const heads = html`<thead><tr><td></td>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;
  return html`<table class="number">
    <caption hidden>${caption}</caption>
    ${isChanged ? heads : nothing}
    <tbody>
      ${rows.map(
        ({ name, kind = '', figures }) =>
          html`<tr><th scope="row" class=${kind}>${name}</th>${figures.map((figure) => (figure ? cell(figure) : nothing))}</tr>`,
      )}
    </tbody>
  </table>`;
}

function cell({ text, value }: Figure): TemplateResult {
  return html`<td title=${value ?? nothing}>${text}</td>`;
}

/** `+1.2`, `−3`, `0`. */
export function formatDifference(difference: number, format: (magnitude: number) => string): string {
  if (difference === 0) return '0';
  return `${difference > 0 ? '+' : '−'}${format(Math.abs(difference))}`;
}
