import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../../src/display/numbers';
import { type RoundedType, roundedBlock } from '../../../../src/shared/block-rounding';
import { OneStop } from '../../../kit/one-stop';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import { exactNumber, lossText } from './exact-number';

/** Steps of a scale from 0 to the largest weight. */
const STEPS: Readonly<Record<RoundedType, number>> = { Q8_0: 127, Q4_0: 8 };

/** A block of weights and what they become as whole steps of one scale. Event: `choose-weight` with the place in the block as `detail`. */
@customElement('vt-block-picture')
export class BlockPictureElement extends LitElement {
  @property() accessor type: RoundedType = 'Q8_0';
  /** 32 of them. */
  @property({ attribute: false }) accessor values: Float32Array = new Float32Array();
  /** The weight that is looked at, before it was made a float32. */
  @property({ type: Number }) accessor number = 0;
  /** Where it stands in the block. */
  @property({ type: Number }) accessor chosen = 0;
  readonly #stops = new OneStop(this);

  static override styles = [
    base,
    css`
      p { max-width: none; }
      .block { display: grid; grid-template-columns: repeat(32, minmax(0, 24px)); height: 112px; margin: 4px 0 8px; }
      .block.steps { background: repeating-linear-gradient(to bottom, color-mix(in srgb, currentcolor 16%, transparent) 0 1px, transparent 1px 7px); }
      button { position: relative; padding: 0; color: inherit; background: none; border: 0; cursor: pointer; }
      button:hover { background: var(--vscode-list-hoverBackground); }
      button[aria-pressed='true'] { outline: 1px solid var(--accent); outline-offset: -1px; }
      .value { position: absolute; inset-inline: 20%; min-height: 1px; background: color-mix(in srgb, currentcolor 32%, transparent); }
      .rounded { position: absolute; inset-inline: 2px; height: 2px; margin-top: -1px; background: currentcolor; }
    `,
  ];

  override render(): TemplateResult {
    const { values, chosen, type, number } = this;
    const { scale, codes } = roundedBlock(type, values);
    const code = codes[chosen] ?? 0;
    const name = type === 'Q8_0' ? t('8 bits') : t('4 bits');
    if (!Number.isFinite(scale))
      return html`<p><vt-term name="blockScale">${name}</vt-term> <span class="dim">${t('The scale of the block, which is an fp16, would be infinite.')}</span></p>`;
    return html`<p><vt-term name="blockScale">${name}</vt-term> <span class="number">${exactNumber(scale * code)}</span>
        <span class="dim number">${t('= code {0} × scale {1}', signed(code), exactNumber(scale))} · ${lossText(number, scale * code)}</span></p>
      <div
        class=${type === 'Q4_0' ? 'block steps' : 'block'}
        role="toolbar"
        aria-label=${t('Weights of the block in {0}', name)}
        @focusin=${this.#stops.focused}
        @keydown=${this.#stops.keyPressed}
      >${Array.from(values, (value, at) => this.#weight(value, scale * (codes[at] ?? 0), codes[at] ?? 0, at, Math.abs(scale) * STEPS[type]))}</div>`;
  }

  /** @param end the largest weight that is drawn */
  #weight(value: number, rounded: number, code: number, at: number, end: number): TemplateResult {
    const y = (of: number) => (end === 0 ? 50 : 50 - (50 * of) / end);
    const [top, bottom] = [Math.max(0, Math.min(y(value), 50)), Math.min(100, Math.max(y(value), 50))];
    const label = t(
      'weight {0}: {1}, code {2}, becomes {3}',
      formatCount(at),
      exactNumber(value),
      signed(code),
      exactNumber(rounded),
    );
    const choose = () =>
      this.dispatchEvent(new CustomEvent('choose-weight', { detail: at, bubbles: true, composed: true }));
    return html`<button aria-label=${label} title=${label} aria-pressed=${at === this.chosen} @click=${choose}>
      <i class="value" ${styled({ top: `${top}%`, height: `${bottom - top}%` })}></i>
      <i class="rounded" ${styled({ top: `${y(rounded)}%` })}></i>
    </button>`;
  }
}

const signed = (code: number): string => `${code}`.replace('-', '−');

declare global {
  interface HTMLElementTagNameMap {
    'vt-block-picture': BlockPictureElement;
  }
  interface HTMLElementEventMap {
    'choose-weight': CustomEvent<number>;
  }
}
