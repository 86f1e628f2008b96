import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { spokenDigits } from '../../../src/display/numbers';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';

const LARGEST = 2.5;
const STEP = 0.05;
/** Half of the thumb: where it stands at an end. */
const THUMB = 8;

const TICKS = (): { gain: number; name: string }[] => [
  { gain: 0, name: t('base') },
  { gain: 1, name: t('tuned') },
  { gain: LARGEST, name: t('exaggerated') },
];

/** How much of an adapter is added to its base. While one value is computed the latest waits: all that lie between are left out. */
@customElement('vt-gain-slider')
export class GainSliderElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  /** The one that the models have. */
  @property({ type: Number }) accessor gain = 1;
  /** Whether both models still compute what was asked for. */
  @property({ type: Boolean }) accessor busy = false;
  /** Whether it only tells. */
  @property({ type: Boolean }) accessor fixed = false;
  /** Where the thumb is; undefined where that is the models' own. */
  @state() private accessor wanted: number | undefined;
  /** The one that was asked for last; undefined where that failed. */
  #asked: number | undefined;

  static override styles = [
    base,
    css`
      :host { max-width: 480px; }
      label { display: flex; flex-wrap: wrap; gap: 0 8px; }
      input { display: block; width: 100%; margin: 4px 0 0; accent-color: var(--vscode-textLink-foreground); }
      .ticks { position: relative; height: 2.4em; margin-inline: ${THUMB}px; font-size: 0.85em; color: var(--dim); line-height: 1.2; }
      .ticks span { position: absolute; top: 0; transform: translateX(-50%); text-align: center; white-space: nowrap; }
      .ticks span:first-child { transform: translateX(-${THUMB}px); text-align: start; }
      .ticks span:last-child { transform: translateX(calc(${THUMB}px - 100%)); text-align: end; }
      .ticks i { position: absolute; top: -4px; height: 4px; border-inline-start: 1px solid currentcolor; }
    `,
  ];

  override updated(): void {
    if (this.wanted === this.gain && !this.busy) this.wanted = undefined;
    void this.#ask();
  }

  override render(): TemplateResult {
    const gain = this.wanted ?? this.gain;
    return html`<label for="gain"
        ><vt-term name="adapterGain">${t('Gain of the adapter')}</vt-term>
        <output class="number">${numberOf(gain)}</output></label
      >
      <input
        id="gain"
        type="range"
        min="0"
        max=${LARGEST}
        step=${STEP}
        list="ticks"
        .value=${`${gain}`}
        ?disabled=${this.fixed}
        aria-label=${t('Gain of the adapter')}
        aria-valuetext=${this.#spoken(gain)}
        @input=${({ target }: Event) => this.#want(Number((target as HTMLInputElement).value))}
      />
      <div class="ticks number" aria-hidden="true">
        ${TICKS().map(
          ({ gain, name }) =>
            html`<span ${styled({ left: `${(100 * gain) / LARGEST}%` })}>${numberOf(gain)}<br />${name}</span>`,
        )}
      </div>`;
  }

  #spoken(gain: number): string {
    const tick = TICKS().find((one) => one.gain === gain);
    return tick ? `${numberOf(gain)}, ${tick.name}` : numberOf(gain);
  }

  #want(gain: number): void {
    this.wanted = gain;
    void this.#ask();
  }

  /** Asks for what is wanted, unless what was asked for before is not there yet. */
  async #ask(): Promise<void> {
    const { wanted } = this;
    const isWaiting = this.busy || (this.#asked !== undefined && this.#asked !== this.gain);
    if (wanted === undefined || wanted === this.gain || isWaiting) return;
    this.#asked = wanted;
    try {
      await this.store.host.setAdapterGain(wanted);
    } catch {
      // Why is told where the comparison says what it is at.
      this.#asked = undefined;
      this.wanted = undefined;
    }
  }
}

const numberOf = (gain: number) => spokenDigits(`${Number(gain.toFixed(2))}`);

declare global {
  interface HTMLElementTagNameMap {
    'vt-gain-slider': GainSliderElement;
  }
}
