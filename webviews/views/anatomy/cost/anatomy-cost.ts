import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { messageOf } from '../../../../src/shared/errors';
import type { PartTimes } from '../../../../src/shared/part-times-api';
import type { HasTables, Table } from '../../../export/table';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { chooseCosts, chosenCosts, ownCosts, weightsBytesOf } from './chosen-costs';
import { lengthAnswer, precisionAnswer, timeAnswer } from './cost-answer';
import './cost-controls';
import { DEVICE_NAMES } from './cost-controls';
import './cost-memory';
import { type CostPass, costTables, passesOf } from './cost-passes';
import './cost-pictures';
import { type Chosen, type CostSettings, cardLimits, numberBytesOn } from './costs';
import './measured-times';
import type { Measured } from './measured-times';
import './part-costs';

/** What a text costs to read, and one more token to write: why length is dear, what a device allows, what fewer bits buy. */
@customElement('vt-anatomy-cost')
export class AnatomyCostElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  @state() private accessor measured: Measured | undefined;
  /** What this machine can do, which is tried when it is first asked about. */
  readonly #machine = new Task(this, {
    args: () => [this.#chosen.device === 'machine'] as const,
    task: async ([isAsked]) => (isAsked ? await this.store.lenses.machineLimits({}) : undefined),
  });

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .answer { display: grid; gap: 8px; }
      .answer p { max-width: 96ch; }
      :host > * { margin-top: 16px; }
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
      ${store.isLive ? this.#measure() : nothing}
      <vt-cost-memory .store=${store} .anatomy=${anatomy} .settings=${settings}></vt-cost-memory>`;
  }

  tables(): Table[] {
    return costTables(this.anatomy, this.#settings, this.#passes(this.#settings));
  }

  /** An engineer's two questions: why long texts are slow, and whether fewer bits help. */
  #answer(settings: CostSettings): TemplateResult {
    const device = DEVICE_NAMES[settings.device]();
    const question = settings.bits === 4 ? t('What do 4 bits buy?') : t('Would 4 bits do?');
    return html`<p><strong>${t('Why are long texts slow?')}</strong>
        ${lengthAnswer(this.anatomy, settings)} ${timeAnswer(this.anatomy, settings, device)}</p>
      ${
        settings.limits
          ? html`<p><strong>${question}</strong> ${precisionAnswer(this.anatomy, settings)}</p>`
          : this.#trying()
      }`;
  }

  /** While this machine is tried, or where that failed. */
  #trying(): unknown {
    return this.#machine.render({
      pending: () => html`<p class="dim" role="status">${t('Trying what this machine can do, for two seconds …')}</p>`,
      error: (error) => html`<p role="alert">${messageOf(error)}</p>`,
    });
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

  #measure(): TemplateResult {
    const measured = ({ detail }: CustomEvent<Measured>) => {
      this.measured = detail;
      this.#choose(this.#own);
    };
    const provider = this.measured?.times.provider ?? 'cpu';
    return html`<vt-measured-times class="no-picture" .store=${this.store} @measured=${measured}></vt-measured-times>
      ${
        provider === 'cpu'
          ? nothing
          : html`<p class="dim">${t('The text was measured on {0}; what is at least needed is counted for the processor.', provider)}</p>`
      }`;
  }

  #passes(settings: CostSettings): CostPass[] {
    return passesOf(this.anatomy, settings, this.#timesOf(settings));
  }

  /** What was measured, where it is what is asked about: the text as it is, on this machine, with the weights as they are. */
  #timesOf({ tokens, batch, bits, device }: CostSettings): PartTimes | undefined {
    const own = this.#own;
    const isOwn = tokens === own.tokens && batch === own.batch && bits === own.bits && device === own.device;
    return isOwn && this.measured?.trace === this.store.subject?.read?.trace ? this.measured?.times : undefined;
  }

  get #own(): Chosen {
    return ownCosts(this.store, this.anatomy);
  }

  get #chosen(): Chosen {
    return chosenCosts(this.store, this.#own);
  }

  get #settings(): CostSettings {
    const chosen = this.#chosen;
    const { device, bits } = chosen;
    const limits = device === 'machine' ? this.#machine.value : cardLimits(device, bits);
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
