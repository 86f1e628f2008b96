import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type ColourScale, cssColour } from '../../../src/display/colour-scale';
import { hatched } from '../../kit/hatch';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';
import { hiddenColour } from './pattern-picture';
import './strongest-mark';

const STOPS = 16;

/** What the colours of the matrix mean, in a line. */
@customElement('vt-matrix-legend')
export class MatrixLegendElement extends LitElement {
  @property({ type: Number }) accessor largest = 0;
  @property({ attribute: false }) accessor scale!: ColourScale;
  @property({ attribute: false }) accessor theme!: Theme;
  @property({ type: Boolean }) accessor masksSink = true;
  /** Whether there is something that its token does not reach. */
  @property({ type: Boolean }) accessor reaches = false;
  /** Tokens that a cell stands for. */
  @property({ type: Number }) accessor block = 1;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; gap: 0 12px; font-size: 0.85em; color: var(--dim); }
      span { display: inline-flex; align-items: center; gap: 4px; }
      .ramp { display: inline-flex; gap: 0; width: 96px; height: 8px; outline: 1px solid color-mix(in srgb, currentcolor 30%, transparent); }
      .ramp i { flex: 1; height: 100%; }
      .hatched { background: ${hatched}; }
      .swatch { width: 8px; height: 8px; outline: 1px solid color-mix(in srgb, currentcolor 30%, transparent); }
    `,
  ];

  override render(): TemplateResult {
    const colour = (share: number) => styled({ 'background-color': cssColour(this.scale(share)) });
    return html`<span class="number"
        >0 <span class="ramp" aria-hidden="true">${Array.from(
          { length: STOPS },
          (_, i) => html`<i ${colour(i / (STOPS - 1))}></i>`,
        )}</span></span
      ><vt-strongest-mark .weight=${this.largest}></vt-strongest-mark>
      ${
        this.masksSink
          ? html`<span><i class="swatch" ${styled({ 'background-color': hiddenColour(this.theme) })}></i>${t('masked')}</span>`
          : nothing
      }
      ${this.reaches ? html`<span><i class="swatch hatched"></i>${t('out of reach')}</span>` : nothing}
      ${this.block > 1 ? html`<span>${t('a cell is the largest of {0} × {0} weights until you zoom in', this.block)}</span>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-matrix-legend': MatrixLegendElement;
  }
}
