import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatProbabilityShort, spokenDigits } from '../../../src/display/numbers';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import '../../kit/term';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';
import type { Draw } from './place';

/** Parts narrower than this share are drawn as one. */
const LEAST_PART = 0.01;
const DIGITS = 3;

/** How a token is drawn: the tokens that are left lie along a line, each as long as it is probable, and a random number falls on one. */
@customElement('vt-draw-line')
export class DrawLineElement extends LitElement {
  @property({ attribute: false }) accessor draw!: Draw;
  @property() accessor label = '';
  @property({ attribute: false }) accessor theme!: Theme;

  static override styles = [
    base,
    css`
      .line { position: relative; display: flex; height: 16px; margin: 4px 0 14px; outline: 1px solid var(--line); }
      .line i { border-inline-end: 1px solid var(--vscode-editor-background); }
      .at { position: absolute; top: -3px; bottom: -12px; width: 0; border-inline-start: 2px solid currentcolor; }
      .token { padding: 0 4px; border: 1px solid currentcolor; font-family: var(--mono); white-space: pre; }
    `,
  ];

  override render(): TemplateResult {
    const { left, drawn, random } = this.draw;
    const token = html`<span class="token">${this.label}</span> ${formatProbabilityShort(drawn.probability)}`;
    if (left.length === 1) return html`<p>${t('Only one token is left, so it is taken:')} ${token}</p>`;
    return html`<div class="line" aria-hidden="true">
        ${this.#parts().map(({ probability, isDrawn }) => this.#part(probability, isDrawn))}
        <span class="at" ${styled({ left: `${100 * random}%` })}></span>
      </div>
      <p class="number">
        ${t('The random number {0} of the', spokenDigits(random.toFixed(DIGITS)))}
        <vt-term name="seed">${t('seed')}</vt-term> ${t('falls on')} ${token}
      </p>`;
  }

  #part(probability: number, isDrawn: boolean): TemplateResult {
    const colour = cssColour(this.theme.mark('warm')(isDrawn ? 1 : 0.4));
    return html`<i ${styled({ width: `${100 * probability}%`, 'background-color': colour })}></i>`;
  }

  /** In the order in which they lie; small ones that are neighbours are one part. */
  #parts(): { probability: number; isDrawn: boolean }[] {
    const parts: { probability: number; isDrawn: boolean }[] = [];
    for (const candidate of this.draw.left) {
      const isDrawn = candidate === this.draw.drawn;
      const last = parts.at(-1);
      if (last && !isDrawn && !last.isDrawn && last.probability < LEAST_PART) last.probability += candidate.probability;
      else parts.push({ probability: candidate.probability, isDrawn });
    }
    return parts;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-draw-line': DrawLineElement;
  }
}
