import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { HARDWARE } from '../../../../src/anatomy/hardware';
import { deviceSeconds } from '../../../../src/anatomy/scaling-laws';
import { formatCount, formatProbability } from '../../../../src/display/numbers';
import '../../../kit/choice';
import '../../../kit/slider';
import { logStops } from '../../../kit/slider';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { timeText } from '../cost/time-text';

const CARDS = Object.values(HARDWARE);
const UTILISATIONS = Array.from({ length: 19 }, (_, step) => (step + 2) * 0.05).map((share) =>
  Number(share.toFixed(2)),
);
const COUNTS = logStops(0, 5, 3);
const [DEVICE, UTILISATION, COUNT] = ['training.device', 'training.utilisation', 'training.devices'];

/** How long a training takes on so many devices of a kind. */
@customElement('vt-training-devices')
export class TrainingDevicesElement extends StoreElement {
  @property({ type: Number }) accessor flops = 0;

  static override styles = [
    base,
    css`
      :host { display: grid; gap: 8px; }
      .figure { font-size: 1.4em; }
    `,
  ];

  override render(): TemplateResult {
    const { viewState } = this.store;
    const saved = viewState.get<string>(DEVICE, HARDWARE.h100.name);
    const device = CARDS.find(({ name }) => name === saved) ?? HARDWARE.h100;
    const utilisation = viewState.get(UTILISATION, 0.4);
    const count = viewState.get(COUNT, 64);
    const seconds = deviceSeconds(this.flops, device.flopsPerSecond, utilisation);
    return html`<h2><vt-term name="deviceDays">${t('On graphics cards')}</vt-term></h2>
      <p><span class="figure number">${t('{0} of one {1}', timeText(seconds), device.name)}</span>
        ${count > 1 ? html`<span class="dim number">${t('{0} of them take {1}', formatCount(count), timeText(seconds / count))}</span>` : nothing}</p>
      <vt-choice
        class="no-picture"
        label=${t('Graphics card')}
        .value=${device.name}
        .options=${CARDS.map(({ name }) => ({ value: name, label: name }))}
        @choose=${({ detail }: CustomEvent<string>) => this.#set(DEVICE, detail)}
      ></vt-choice>
      <vt-slider
        label=${t('Share of their peak that is reached')}
        .stops=${UTILISATIONS}
        .value=${utilisation}
        .format=${formatProbability}
        @slide=${({ detail }: CustomEvent<number>) => this.#set(UTILISATION, detail)}
      ></vt-slider>
      <vt-slider
        label=${t('How many')}
        .stops=${COUNTS}
        .value=${count}
        .format=${formatCount}
        @slide=${({ detail }: CustomEvent<number>) => this.#set(COUNT, detail)}
      ></vt-slider>`;
  }

  #set(key: string, value: string | number): void {
    this.store.viewState.set(key, value);
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-training-devices': TrainingDevicesElement;
  }
}
