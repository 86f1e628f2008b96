import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FLOATS, type Float, type NumberBits, numberBits } from '../../../../src/anatomy/number-bits';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import { exactNumber, lossText, superscript } from './exact-number';

/** Bits of the widest exponent: all mantissas begin behind it, under one another. */
const EXPONENT_BITS = 8;

/** The bits of a number in each kind of float, under one another: what is cut off is missing on the right. */
@customElement('vt-bit-rows')
export class BitRowsElement extends LitElement {
  @property({ type: Number }) accessor number = 0;

  static override styles = [
    base,
    css`
      .bits { display: grid; grid-template-columns: repeat(32, minmax(0, 24px)); gap: 1px; margin: 2px 0 8px; font: 11px / 20px var(--mono); text-align: center; }
      .captions { margin: 8px 0 0; font: inherit; font-size: 0.85em; line-height: 1.4; color: var(--dim); text-align: start; white-space: nowrap; }
      .sign { outline: 1px solid currentcolor; outline-offset: -1px; }
      .exponent { background: color-mix(in srgb, currentcolor 22%, transparent); }
      .mantissa { background: color-mix(in srgb, currentcolor 8%, transparent); border-bottom: 1px solid var(--vscode-contrastBorder, transparent); }
      p { max-width: none; }
    `,
  ];

  override render(): TemplateResult {
    return html`<div class="bits captions" aria-hidden="true">
        <span ${columns(1, 1)}>±</span><span ${columns(2, EXPONENT_BITS)}>${t('exponent')}</span><span ${columns(2 + EXPONENT_BITS, 23)}>${t('mantissa')}</span>
      </div>
      ${FLOATS.map((float) => this.#row(float))}`;
  }

  #row(float: Float): TemplateResult {
    const bits = numberBits(float, Math.fround(this.number));
    const { sign, exponent, mantissa, value } = bits;
    const label = t('{0}: sign {1}, exponent {2}, mantissa {3}', float, sign, exponent, mantissa);
    return html`<p><vt-term name=${float}>${float}</vt-term> <span class="number">${exactNumber(value)}</span>
        <span class="dim number">${productText(bits)} · ${lossText(this.number, value)}</span></p>
      <div class="bits" role="img" aria-label=${label}>
        <span class="sign">${sign}</span>
        ${cells(exponent, 'exponent', 2 + EXPONENT_BITS - exponent.length)}${cells(mantissa, 'mantissa', 2 + EXPONENT_BITS)}
      </div>`;
  }
}

const columns = (from: number, count: number) => styled({ 'grid-column': `${from} / span ${count}` });

const cells = (digits: string, part: string, from: number): TemplateResult[] =>
  [...digits].map((digit, at) => html`<span class=${part} ${columns(from + at, 1)}>${digit}</span>`);

/** `− 1.6 × 2⁻⁴`. */
function productText({ value, sign, significand, power }: NumberBits): string {
  if (!Number.isFinite(value)) return t('its exponent is all ones');
  return `= ${sign === '1' ? '−' : ''}${exactNumber(significand)} × 2${superscript(power)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-bit-rows': BitRowsElement;
  }
}
