import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { decodingSeconds, PRECISIONS, type Precision } from '../../../../src/anatomy/precision';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { ComparisonState } from '../../../../src/shared/inspector-api';
import type { HasTables, Table } from '../../../export/table';
import '../../../kit/choice';
import '../../../kit/comparison-state';
import { tokenCount } from '../../../kit/count-text';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { sumsOf } from '../../difference/compared';
import { Comparing } from '../../difference/comparing';
import { chooseCosts, chosenCosts, devicesOf, ownCosts } from '../cost/chosen-costs';
import { DEVICE_NAMES } from '../cost/cost-controls';
import { type Chosen, type Device, numberBytesOn } from '../cost/costs';
import { DeviceLimits } from '../cost/device-limits';
import './form-change';
import './form-table';
import { CompareAll } from './compare-all';
import type { FormRow } from './form-table';
import { type Form, formsOf, holdsFile, precisionOf, TITLES } from './forms';
import { KnownChanges } from './known-changes';
import './number-bits';
import { verdictOf } from './verdict';

const isPrecision = (form: string | undefined): form is Precision => PRECISIONS.some((one) => one === form);

/** What the weights would take in other numbers, and what that changes in the text. */
@customElement('vt-anatomy-precision')
export class AnatomyPrecisionElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  readonly #comparing = new Comparing(this, ({ form }) => isPrecision(form));

  readonly #all = new CompareAll((form) => this.#compare(form));

  readonly #limits = new DeviceLimits(this, () => this.#chosen.device === 'machine');

  static override styles = [
    base,
    css`
      .choice { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; margin: 12px 0 8px; }
      .change { margin-top: 16px; }
      .verdict { margin: 8px 0; font-weight: 600; }
    `,
  ];

  override render(): TemplateResult {
    const { store } = this;
    const rows = this.#rows;
    const verdict = verdictOf(rows);
    const offers = store.isLive && store.subject?.read !== undefined;
    return html`<p>${t('The same weights in fewer bits take less memory, and a decoding step, which waits for its weights, takes less time. What that costs is seen on a text: the rounded model reads it too.')}</p>
      ${this.#deviceChoice()}
      ${verdict ? html`<p class="verdict" role="status">${verdict}</p>` : nothing}
      <vt-form-table
        .rows=${rows}
        .theme=${store.theme}
        .scale=${store.theme.greyMark}
        ?offers=${offers}
        @compare-form=${({ detail }: CustomEvent<Precision>) => this.#compare(detail)}
      ></vt-form-table>
      ${
        offers
          ? this.#all.render(
              this.#unknown(rows),
              () => this.requestUpdate(),
              () => this.#stop(),
            )
          : nothing
      }
      ${store.subject ? nothing : html`<p class="dim">${t('Inspect a text to see what rounding changes in it.')}</p>`}
      ${this.#change()}
      <vt-number-bits .store=${store} .anatomy=${this.anatomy}></vt-number-bits>`;
  }

  /** Goes on with all forms where that was asked for: what was just compared is known once it is drawn. */
  override updated(): void {
    const { comparison } = this.store.state;
    const { isPending, error } = this.#comparing;
    const form = comparison?.form;
    const isKnown = isPrecision(form) && !isPending && KnownChanges.of(this.store).get(form) !== undefined;
    const hasFailed = comparison?.reading.kind === 'failed' || error !== undefined;
    if (this.#all.follow(comparison, isKnown, hasFailed)) this.requestUpdate();
  }

  tables(): Table[] {
    return [
      {
        label: t('Precision'),
        name: 'precision',
        columns: ['precision', 'bytes', 'decodingSeconds', 'tokens', 'meanKl', 'changedFirstGuesses'],
        rows: () =>
          this.#rows.map(({ form, seconds, change }) => [
            form.precision ?? form.note,
            form.bytes,
            seconds,
            change?.count,
            change?.meanKl,
            change?.flips,
          ]),
      },
      ...(this.renderRoot.querySelector('vt-number-bits')?.tables() ?? []),
    ];
  }

  get #rows(): FormRow[] {
    const { store, anatomy } = this;
    const { model, comparison } = store.state;
    const inUse = model && precisionOf(model);
    this.#keep(comparison);
    const known = KnownChanges.of(store);
    return formsOf(anatomy, model).map((form) => ({
      form,
      seconds: this.#seconds(form),
      isInUse: form.precision === inUse && (form.precision !== undefined || model?.weights === 'packed'),
      isExact: !model?.approximation && holdsFile(form.precision, anatomy),
      isShown: form.precision !== undefined && form.precision === comparison?.form,
      change: known.get(form.precision),
    }));
  }

  /** What was just compared is known from now on. */
  #keep(comparison: ComparisonState | undefined): void {
    const { compared, isPending } = this.#comparing;
    const form = comparison?.form;
    if (compared?.text.sameVocabulary && !isPending && isPrecision(form))
      KnownChanges.of(this.store).keep(form, sumsOf(compared, compared.shown));
  }

  /** Forms of which nobody knows yet what they change. */
  #unknown(rows: readonly FormRow[]): Precision[] {
    return rows.flatMap(({ form: { precision }, isExact, change }) =>
      precision !== undefined && !isExact && !change ? [precision] : [],
    );
  }

  #stop(): void {
    this.#all.stop();
    void this.store.host.stopComparing();
    this.requestUpdate();
  }

  #change(): TemplateResult | typeof nothing {
    const { store } = this;
    const { comparison } = store.state;
    if (!comparison || !isPrecision(comparison.form)) return nothing;
    const { compared, isPending, error, progress } = this.#comparing;
    return html`<div class="change">
      <vt-comparison-state
        .store=${store}
        .comparison=${comparison}
        .progress=${progress}
        .error=${error}
        ?busy=${isPending && store.subject?.read !== undefined}
        @again=${() => this.#comparing.again()}
      ></vt-comparison-state>
      ${
        compared && !isPending
          ? html`<vt-form-change
            .store=${store}
            .comparison=${comparison}
            .compared=${compared}
            .form=${TITLES[comparison.form]()}
          ></vt-form-change>`
          : nothing
      }
    </div>`;
  }

  #deviceChoice(): TemplateResult {
    return html`<div class="choice">
      <span>${t('A step behind {0} on', tokenCount(this.#own.tokens))}</span>
      <vt-choice
        class="no-picture"
        label=${t('On what a step is reckoned')}
        .value=${this.#chosen.device}
        .options=${devicesOf(this.store.isLive).map((value) => ({ value, label: DEVICE_NAMES[value]() }))}
        @choose=${({ detail }: CustomEvent<Device>) => this.#choose(detail)}
      ></vt-choice>
      ${this.#limits.state()}
    </div>`;
  }

  /** Of a decoding step; undefined while nobody knows what this machine can do. */
  #seconds({ precision, bytes }: Form): number | undefined {
    const { device } = this.#chosen;
    const bits = precision === 'float32' ? 32 : 16;
    const limits = this.#limits.of(device, bits);
    const { tokens } = this.#own;
    return limits && decodingSeconds(this.anatomy, { bytes, numberBytes: numberBytesOn(device, bits), tokens }, limits);
  }

  /** The device is that of the costs, too. */
  #choose(device: Device): void {
    chooseCosts(this.store, { device }, this.#own);
    this.requestUpdate();
  }

  get #own(): Chosen {
    return ownCosts(this.store, this.anatomy);
  }

  get #chosen(): Chosen {
    return chosenCosts(this.store, this.#own);
  }

  #compare(precision: Precision): void {
    const { comparison } = this.store.state;
    if (comparison?.form !== precision) void this.store.host.compareForm(precision);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-anatomy-precision': AnatomyPrecisionElement;
  }
}
