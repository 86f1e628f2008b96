import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatDecimal } from '../../../../src/display/numbers';
import { messageOf } from '../../../../src/shared/errors';
import type { Steering } from '../../../../src/shared/steering';
import { base } from '../../../kit/styles';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { strengthPicture } from './steering-strength';

/** Of the slider, to each side of its middle. */
const STEPS = 40;

/** How strongly the model is steered, and by what. */
@customElement('vt-steering-control')
export class SteeringControlElement extends StoreElement {
  /** What the slider shows while it is moved; the model is steered when it is let go. */
  @state() private accessor moved: number | undefined;
  @state() private accessor failed = '';

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .all { display: grid; gap: 8px 24px; }
      @container (min-width: 560px) {
        .all { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
      }
      .head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 8px; }
      output { font-variant-numeric: tabular-nums; }
      input { width: 100%; margin: 0; accent-color: var(--vscode-textLink-foreground); }
      .ends { display: grid; grid-template-columns: 1fr auto 1fr; color: var(--dim); }
      .ends :last-child { text-align: end; }
      .row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
      figure { margin: 0; }
      svg { display: block; width: 100%; height: 48px; border-bottom: 1px solid var(--dim); }
      rect { fill: currentcolor; opacity: 0.6; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { steering, model } = this.store.state;
    if (!steering || !model) return nothing;
    return html`<div class="all">
      <div>
        <div class="head">
          <label for="coefficient" class="one-line" title=${steering.name}>${steering.name}</label>
          <output for="coefficient">${formatDecimal(this.#shown(steering))} ×</output>
        </div>
        ${this.#slider(steering)}
        <p class="dim">${t('Large values make the model write gibberish.')}</p>
        <div class="row">
          ${button(t('Stop steering'), () => this.#steer({ ...steering, coefficient: 0 }), { isDisabled: steering.coefficient === 0 })}
          ${button(t('Save…'), () => this.#save())}
          ${button(t('Remove direction'), () => this.#steer(undefined))}
        </div>
        <p role="status">${this.failed}</p>
      </div>
      ${strengthPicture(steering.direction, model.numHiddenLayers)}
    </div>`;
  }

  #slider(steering: Steering): TemplateResult {
    const { range } = steering;
    const value = this.#shown(steering);
    const ofEvent = (event: Event) => (Number((event.target as HTMLInputElement).value) / STEPS) * range;
    return html`<input
        id="coefficient"
        type="range"
        min=${-STEPS}
        max=${STEPS}
        .value=${`${Math.round((value / range) * STEPS)}`}
        aria-valuetext=${formatDecimal(value)}
        @input=${(event: Event) => {
          this.moved = ofEvent(event);
        }}
        @change=${(event: Event) => this.#steer({ ...steering, coefficient: ofEvent(event) })}
      />
      <div class="ends" aria-hidden="true">
        <span>${formatDecimal(-range)}</span><span>0</span><span>+${formatDecimal(range)}</span>
      </div>`;
  }

  #shown({ coefficient }: Steering): number {
    return this.moved ?? coefficient;
  }

  async #steer(steering: Steering | undefined): Promise<void> {
    await this.store.host.steer(steering);
    this.moved = undefined;
  }

  async #save(): Promise<void> {
    this.failed = await this.store.host.saveControlVector().then(() => '', messageOf);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-steering-control': SteeringControlElement;
  }
}
