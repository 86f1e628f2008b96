import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatSi } from '../../../../src/display/format-si';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { Limits, PartTimes } from '../../../../src/shared/part-times-api';
import type { HasTables, Table } from '../../../export/table';
import { tokenCount } from '../../../kit/count-text';
import { base } from '../../../kit/styles';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { KnownChanges } from '../precision/known-changes';
import { chooseCosts, chosenCosts, ownCosts, weightsBytesOf } from './chosen-costs';
import { lengthAnswer, packedNote, precisionAnswer, timeAnswer, verdict } from './cost-answer';
import './cost-controls';
import { DEVICE_NAMES } from './cost-controls';
import './cost-memory';
import { type CostPass, costTables, passesOf } from './cost-passes';
import './cost-pictures';
import { type Chosen, type CostSettings, numberBytesOn } from './costs';
import { DeviceLimits } from './device-limits';
import { keepReached } from './machine-limits';
import './measured-times';
import type { Measured } from './measured-times';
import './part-costs';

/** What a text costs to read, and one more token to write: why length is dear, what a device allows, what fewer bits buy. */
@customElement('vt-anatomy-cost')
export class AnatomyCostElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  @state() private accessor measured: Measured | undefined;
  readonly #limits = new DeviceLimits(this, () => this.#chosen.device === 'machine');

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .answer { display: grid; gap: 8px; }
      .answer p { max-width: 96ch; }
      :host > * { margin-top: 16px; }
      .machine { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; color: var(--dim); }
      .split { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px 32px; }
      @container (min-width: 840px) {
        .split { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      }
    `,
  ];

  override render(): TemplateResult {
    const { anatomy, store } = this;
    const settings = this.#settings;
    const passes = this.#passes(settings);
    return html`<div class="answer">${this.#answer(settings)}</div>
      <vt-cost-controls
        .store=${store}
        .chosen=${settings}
        .own=${this.#own}
        .contextLength=${anatomy.contextLength}
        @cost-change=${({ detail }: CustomEvent<Partial<Chosen>>) => this.#choose(detail)}
      ></vt-cost-controls>
      <vt-cost-pictures .store=${store} .anatomy=${anatomy} .settings=${settings} .passes=${passes}></vt-cost-pictures>
      <div class="split" data-place="parts">${passes.map((pass) => this.#parts(pass, settings))}</div>
      ${settings.device === 'machine' && settings.limits ? this.#machineLimits(settings.limits) : nothing}
      ${store.isLive ? this.#measure(settings) : nothing}
      <vt-cost-memory .store=${store} .anatomy=${anatomy} .settings=${settings}></vt-cost-memory>`;
  }

  tables(): Table[] {
    return costTables(this.anatomy, this.#settings, this.#passes(this.#settings));
  }

  /** An engineer's two questions: why long texts are slow, and whether fewer bits help. */
  #answer(settings: CostSettings): TemplateResult {
    const device = DEVICE_NAMES[settings.device]();
    return html`<p><strong>${t('Why are long texts slow?')}</strong>
        ${lengthAnswer(this.anatomy, settings)} ${timeAnswer(this.anatomy, settings, device)}</p>
      ${settings.limits ? this.#precision(settings) : this.#limits.state()}`;
  }

  #precision(settings: CostSettings): TemplateResult {
    const { anatomy, store } = this;
    const question = settings.bits === 4 ? t('What do 4 bits buy?') : t('Would 4 bits do?');
    const asks = store.isLive && store.subject?.read && this.#own.bits !== 4;
    const changes = KnownChanges.of(store).get('q4_0');
    return html`<p><strong>${question}</strong>
      ${asks || changes ? verdict(changes) : nothing} ${precisionAnswer(anatomy, settings)}
      ${settings.device === 'machine' ? packedNote() : nothing}</p>`;
  }

  #parts({ label, work, measured }: CostPass, { limits }: CostSettings): TemplateResult {
    const { theme } = this.store;
    return html`<vt-part-costs
      .label=${label}
      .work=${work}
      .limits=${limits}
      .measured=${measured}
      .theme=${theme}
      .scale=${theme.mark('blue')}
    ></vt-part-costs>`;
  }

  #machineLimits({ flopsPerSecond, bytesPerSecond }: Limits): TemplateResult {
    const values = [formatSi(flopsPerSecond, 'FLOP/s'), formatSi(bytesPerSecond, 'B/s')] as const;
    return html`<p class="machine">
      <span>${t('The most that this machine has been seen to do is {0} and {1}. Other programs slow it while it is tried: “at least” then says too much time.', ...values)}</span>
      ${this.#limits.isTrying ? this.#limits.state() : button(t('Try again'), () => this.#limits.tryAgain())}
    </p>`;
  }

  #measure(settings: CostSettings): TemplateResult {
    const { measured, store } = this;
    const times = measured && measured.trace === store.subject?.read?.trace ? measured.times : undefined;
    const isApart = times && !this.#isOwn(settings);
    return html`<vt-measured-times
        class="no-picture"
        .store=${store}
        @measured=${({ detail }: CustomEvent<Measured>) => this.#keep(detail)}
      ></vt-measured-times>
      ${
        times && times.provider !== 'cpu'
          ? html`<p class="dim">${t('The text was measured on {0}; what is at least needed is counted for the processor.', times.provider)}</p>`
          : nothing
      }
      ${times ? html`<p class="dim">${t('“At least” is of a fused attention. Vitrine’s own is not fused: products, then softmax, then products, each written to memory.')}</p>` : nothing}
      ${isApart ? this.#apart(times) : nothing}`;
  }

  /** What was measured, beside what is asked about where that is something else. */
  #apart(times: PartTimes): TemplateResult {
    const own = this.#settingsOf(this.#own);
    return html`<section>
      <h2>${t('Measured')}<small>${t('the text as it is, {0}, on this machine', tokenCount(own.tokens))}</small></h2>
      <div class="split">${passesOf(this.anatomy, own, times).map((pass) => this.#parts(pass, own))}</div>
    </section>`;
  }

  #keep(measured: Measured): void {
    const own = this.#settingsOf(this.#own);
    if (measured.times.provider === 'cpu') keepReached(this.store, passesOf(this.anatomy, own, measured.times));
    this.measured = measured;
  }

  #passes(settings: CostSettings): CostPass[] {
    return passesOf(this.anatomy, settings, this.#timesOf(settings));
  }

  /** What was measured, where it is what is asked about. */
  #timesOf(settings: CostSettings): PartTimes | undefined {
    const isOfText = this.measured?.trace === this.store.subject?.read?.trace;
    return isOfText && this.#isOwn(settings) ? this.measured?.times : undefined;
  }

  /** Whether it is the text as it is, on this machine, with the weights as they are. */
  #isOwn({ tokens, batch, bits, device }: CostSettings): boolean {
    const own = this.#own;
    return tokens === own.tokens && batch === own.batch && bits === own.bits && device === own.device;
  }

  get #own(): Chosen {
    return ownCosts(this.store, this.anatomy);
  }

  get #chosen(): Chosen {
    return chosenCosts(this.store, this.#own);
  }

  get #settings(): CostSettings {
    return this.#settingsOf(this.#chosen);
  }

  #settingsOf(chosen: Chosen): CostSettings {
    const { device, bits } = chosen;
    const limits = this.#limits.of(device, bits);
    const weightsBytes = weightsBytesOf(this.store, this.anatomy, bits);
    return { ...chosen, weightsBytes, numberBytes: numberBytesOn(device, bits), limits };
  }

  #choose(changed: Partial<Chosen>): void {
    chooseCosts(this.store, changed, this.#own);
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-anatomy-cost': AnatomyCostElement;
  }
}
