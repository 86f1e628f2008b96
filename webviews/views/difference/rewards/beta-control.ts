import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { spokenDigits } from '../../../../src/display/numbers';
import { base } from '../../../kit/styles';
import { textField } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { typedNumber } from './typed-number';

/** Where the slider stops: what people train with, a third of a decade apart. */
const STOPS = [0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1];

/** β, moved by a slider or typed. Event: `beta-change` with the number. */
@customElement('vt-beta-control')
export class BetaControlElement extends StoreElement {
  @property({ type: Number }) accessor beta = STOPS[0] as number;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; align-items: end; gap: 4px 12px; }
      label { display: grid; }
      input { width: 160px; margin: 0 0 6px; accent-color: var(--vscode-textLink-foreground); }
    `,
  ];

  override render(): TemplateResult {
    const move = ({ target }: Event) => this.#tell(STOPS[Number((target as HTMLInputElement).value)] ?? this.beta);
    const typed = (text: string) => {
      const beta = typedNumber(text);
      if (beta !== undefined && beta > 0) this.#tell(beta);
    };
    const text = spokenDigits(`${this.beta}`);
    return html`${textField({ label: 'β', value: text, typed }, 6)}<input
        type="range"
        min="0"
        max=${STOPS.length - 1}
        .value=${`${nearestStop(this.beta)}`}
        aria-label=${t('β, from 0.01 to 1')}
        aria-valuetext=${text}
        @input=${move}
      />`;
  }

  #tell(beta: number): void {
    this.dispatchEvent(new CustomEvent('beta-change', { detail: beta }));
  }
}

function nearestStop(beta: number): number {
  const distances = STOPS.map((stop) => Math.abs(Math.log(stop / beta)));
  return distances.indexOf(Math.min(...distances));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-beta-control': BetaControlElement;
  }
}
