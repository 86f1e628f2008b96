import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { HARDWARE } from '../../../../src/anatomy/hardware';
import { formatCount } from '../../../../src/display/numbers';
import '../../../kit/choice';
import { tokenCount } from '../../../kit/count-text';
import '../../../kit/slider';
import { base } from '../../../kit/styles';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { devicesOf } from './chosen-costs';
import { type Chosen, type Device, PRECISIONS } from './costs';

const BATCHES = Array.from({ length: 11 }, (_, power) => 2 ** power);
/** Round numbers up to the longest text that can be asked for: 1 to 9, 10 to 90, 100 to 900 … */
const LONGEST = 1_000_000;
const LENGTHS = Array.from({ length: 54 }, (_, step) => ((step % 9) + 1) * 10 ** Math.floor(step / 9));

export const DEVICE_NAMES: Readonly<Record<Device, () => string>> = {
  machine: () => t('this machine'),
  a100: () => HARDWARE.a100.name,
  h100: () => HARDWARE.h100.name,
};

/** What is asked: how long, how many at once, in how many bits, on what. Event: `cost-change` with what was changed. */
@customElement('vt-cost-controls')
export class CostControlsElement extends StoreElement {
  @property({ attribute: false }) accessor chosen!: Chosen;
  /** The text as it is. */
  @property({ attribute: false }) accessor own!: Chosen;
  @property({ type: Number }) accessor contextLength = 0;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: end; }
      vt-slider { flex: 1 1 200px; max-width: 360px; }
      .choice span { display: block; }
      p { flex-basis: 100%; }
    `,
  ];

  override render(): TemplateResult {
    const { chosen, own, contextLength } = this;
    const { tokens, batch, bits, device } = chosen;
    const devices = devicesOf(this.store.isLive);
    return html`<vt-slider
        label=${t('Length of the text')}
        .stops=${lengthStops(own.tokens, contextLength)}
        .value=${tokens}
        .format=${tokenCount}
        @slide=${({ detail }: CustomEvent<number>) => this.#tell({ tokens: detail })}
      ></vt-slider>
      <vt-slider
        label=${t('Texts at once')}
        term="batch"
        .stops=${BATCHES}
        .value=${batch}
        .format=${formatCount}
        @slide=${({ detail }: CustomEvent<number>) => this.#tell({ batch: detail })}
      ></vt-slider>
      ${this.#choice(
        t('Bits of a weight'),
        PRECISIONS.map((each) => ({ value: `${each}`, label: `${each}` })),
        `${bits}`,
        (value) => ({ bits: PRECISIONS.find((each) => `${each}` === value) ?? bits }),
      )}
      ${this.#choice(
        t('On'),
        devices.map((each) => ({ value: each, label: DEVICE_NAMES[each]() })),
        device,
        (value) => ({ device: devices.find((each) => each === value) ?? device }),
      )}
      ${tokens === own.tokens ? nothing : button(t('Back to {0}', tokenCount(own.tokens)), () => this.#tell({ tokens: own.tokens }))}
      ${
        tokens > contextLength
          ? html`<p role="status">${t('The model reads {0} tokens at most: what is longer is what it would cost, could it read so far.', formatCount(contextLength))}</p>`
          : nothing
      }`;
  }

  #choice(
    label: string,
    options: readonly { value: string; label: string }[],
    value: string,
    chosen: (value: string) => Partial<Chosen>,
  ): TemplateResult {
    return html`<div class="choice no-picture"><span aria-hidden="true">${label}</span
      ><vt-choice
        label=${label}
        .value=${value}
        .options=${options}
        @choose=${({ detail }: CustomEvent<string>) => this.#tell(chosen(detail))}
      ></vt-choice></div>`;
  }

  #tell(detail: Partial<Chosen>): void {
    this.dispatchEvent(new CustomEvent('cost-change', { detail }));
  }
}

const lengthStops = (...own: readonly number[]) =>
  [...new Set([...LENGTHS, LONGEST, ...own])].sort((one, other) => one - other);

declare global {
  interface HTMLElementTagNameMap {
    'vt-cost-controls': CostControlsElement;
  }
  interface HTMLElementEventMap {
    'cost-change': CustomEvent<Partial<Chosen>>;
  }
}
