import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatProbabilityShort, formatSigned } from '../../../src/display/numbers';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import { OneStop } from '../../kit/one-stop';
import { barWidth, probabilityScaleEnd } from '../../kit/probability-scale';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import '../../kit/term';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';
import type { NextRow } from './next-rows';

type Side = 'a' | 'b';

/**
 * Tokens of one vocabulary under two models: a row each, bars to both sides on one scale, and ln of their ratio. Event:
 * `next-take` with the side and the id of what is to be gone on with.
 */
@customElement('vt-next-table')
export class NextTableElement extends LitElement {
  @property({ attribute: false }) accessor rows: readonly NextRow[] = [];
  @property({ attribute: false }) accessor labels: ReadonlyMap<number, string> = new Map();
  @property({ attribute: false }) accessor comparison!: ComparisonState;
  @property({ attribute: false }) accessor theme!: Theme;
  readonly #stops = new OneStop(this, 'tbody button');

  static override styles = [
    base,
    css`
      table { width: 100%; border-collapse: collapse; table-layout: fixed; }
      th, td { padding: 0; font-weight: 400; }
      thead th { padding-bottom: 2px; color: var(--dim); text-align: start; vertical-align: bottom; overflow-wrap: anywhere; }
      thead b { color: var(--vscode-editor-foreground); }
      thead th.a { text-align: end; }
      .a, .b { width: 32%; }
      .ratio { width: 14%; min-width: 6ch; text-align: end; white-space: nowrap; }
      tbody th { padding-inline: 8px; font-family: var(--mono); text-align: center; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
      button { display: grid; gap: 6px; align-items: center; width: 100%; min-height: 22px; padding: 0; font: inherit; color: inherit; background: none; border: 0; cursor: pointer; }
      button:hover { background: var(--vscode-list-hoverBackground); }
      .a button { grid-template-columns: 10ch minmax(0, 1fr); }
      .b button { grid-template-columns: minmax(0, 1fr) 10ch; text-align: start; }
      .track { display: flex; height: 14px; background: color-mix(in srgb, currentcolor 8%, transparent); }
      .a .track { justify-content: end; border-inline-start: 1px solid var(--dim); }
      .b .track { border-inline-end: 1px solid var(--dim); }
      .value { white-space: nowrap; }
      .a .value { text-align: end; }
      .scale { color: var(--dim); font-size: 0.85em; }
      @container (max-width: 480px) {
        .a, .b { width: 30%; }
        .ratio { width: 18%; white-space: normal; }
        .a button, .b button { grid-template-columns: minmax(0, 1fr); gap: 0; }
        .track { order: -1; height: 8px; }
        tbody td, tbody th { padding-bottom: 4px; vertical-align: top; }
      }
    `,
  ];

  override render(): TemplateResult {
    const { rows, comparison } = this;
    const end = probabilityScaleEnd(Math.max(...rows.flatMap(({ a, b }) => [a.probability, b.probability])));
    const head = (side: Side) => html`<th scope="col" class=${side} title=${comparison[side].label}
      ><b>${side.toUpperCase()}</b> ${comparison[side].label}</th>`;
    return html`<table class="number">
        <caption hidden>${t('What both would say next')}</caption>
        <thead><tr>
          ${head('a')}<th scope="col"><span class="unseen">${t('token')}</span></th>${head('b')}
          <th scope="col" class="ratio"><vt-term name="logRatio">ln(p<sub>B</sub> ÷ p<sub>A</sub>)</vt-term></th>
        </tr></thead>
        <tbody @focusin=${this.#stops.focused} @keydown=${this.#stops.keyPressed}>
          ${rows.map((row) => this.#row(row, end))}
        </tbody>
      </table>
      <p class="scale number">${t('Each bar ends at {0}.', formatProbabilityShort(end))}</p>`;
  }

  #row(row: NextRow, end: number): TemplateResult {
    const label = this.labels.get(row.id) ?? '…';
    return html`<tr data-id=${row.id}>
      <td class="a">${this.#half(row, 'a', label, end)}</td>
      <th scope="row" title=${label}>\u2068${label}\u2069</th>
      <td class="b">${this.#half(row, 'b', label, end)}</td>
      <td class="ratio" title=${row.logRatio}>${formatSigned(row.logRatio)}</td>
    </tr>`;
  }

  #half(row: NextRow, side: Side, label: string, end: number): TemplateResult {
    const { id, probability, rank, isTaken } = row[side];
    const colour = cssColour(this.theme.greyMark(1));
    const title = t('id {0}, probability {1}, rank {2}', id, probability, rank + 1);
    const take = () => this.dispatchEvent(new CustomEvent('next-take', { detail: { side, id } }));
    const name = side === 'a' ? t('continue with A: {0}', label) : t('continue with B: {0}', label);
    const value = html`<span class="value"><span class="unseen">${name}, </span>${isTaken ? '↳ ' : ''}${formatProbabilityShort(probability)}</span>`;
    const track = html`<span class="track"><i ${styled({ width: barWidth(probability, end), 'background-color': colour })}></i></span>`;
    return html`<button title=${title} @click=${take}>${side === 'a' ? html`${value}${track}` : html`${track}${value}`}</button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-next-table': NextTableElement;
  }
}
