import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { HasTables, Table } from '../../../export/table';
import '../../../kit/choice';
import '../../../kit/token-text';
import { tokenCount } from '../../../kit/count-text';
import { base } from '../../../kit/styles';
import { subjectTokens } from '../../../kit/subject-tokens';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import '../cost/measured-times';
import type { Measured as MeasuredTimes } from '../cost/measured-times';
import { MEASURES, type Measure, type MeasuredText } from './measures';
import './model-drawing';
import type { Opened } from './model-drawing';
import './opened-layer';
import './share-strip';
import { additionsTable, tensorsTable } from './tables';
import { TextAdditions } from './text-additions';

/** A text that is measured where none is inspected, in tokens. */
const USUAL_TOKENS = 512;

/** The model as one drawing that opens: layers, their parts, and the tensors of those. */
@customElement('vt-anatomy-parts')
export class AnatomyPartsElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;

  /** What a text took that was measured here. */
  @state() private accessor times: MeasuredTimes | undefined;
  readonly #additions = new TextAdditions(this, () => this.#measure.name === 'additions');

  static override styles = [
    base,
    css`
      vt-token-text { display: block; max-height: 84px; margin: 8px 0; padding: 2px; overflow: auto; }
      .choice { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; margin: 12px 0 8px; min-height: 28px; }
      progress { width: 120px; }
    `,
  ];

  override render(): TemplateResult {
    const { store, anatomy } = this;
    const { theme } = store;
    const opened = this.#opened;
    return html`<vt-share-strip .anatomy=${anatomy} .theme=${theme} .scale=${theme.greyMark}></vt-share-strip>
      ${this.#choice()}
      <vt-model-drawing
        .anatomy=${anatomy}
        .measure=${this.#measure}
        .text=${this.#text}
        .opened=${opened}
        .theme=${theme}
        .scale=${theme.greyMark}
        @open=${({ detail }: CustomEvent<Opened>) => this.#set('anatomy.opened', detail === opened ? '' : `${detail}`)}
      >${opened === undefined ? nothing : html`<vt-opened-layer .store=${store} .anatomy=${anatomy} .opened=${opened}></vt-opened-layer>`}</vt-model-drawing>`;
  }

  tables(): Table[] {
    const { subject } = this.store;
    const additions = this.#additions.value;
    return [
      tensorsTable(this.anatomy),
      ...(subject && additions ? [additionsTable(this.anatomy, subject, additions)] : []),
    ];
  }

  #choice(): TemplateResult {
    return html`<div class="choice">
      <span>${t('The bars show')}</span>
      <vt-choice
        class="no-picture"
        label=${t('What the bars show')}
        .value=${this.#measure.name}
        .options=${this.#measures.map(({ name, title }) => ({ value: name, label: title() }))}
        @choose=${({ detail }: CustomEvent<string>) => this.#set('anatomy.measure', detail)}
      ></vt-choice>
      ${this.#scope()}
    </div>
    ${this.#measure.name === 'additions' ? this.#tokens() : nothing}`;
  }

  /** To choose the one that is measured. */
  #tokens(): TemplateResult {
    const { store } = this;
    return html`<vt-token-text
      label=${t('The text')}
      .tokens=${subjectTokens(store.subject)}
      .selected=${store.state.selected.token}
      .hovered=${store.hovered}
      @token-hover=${({ detail }: CustomEvent<number | null>) => store.hover(detail)}
      @token-select=${({ detail }: CustomEvent<number>) => store.selectToken(detail)}
    ></vt-token-text>`;
  }

  /** What is measured. */
  #scope(): TemplateResult | typeof nothing {
    switch (this.#measure.name) {
      case 'weights':
        return nothing;
      case 'flops':
        return html`<span class="dim">${t('of {0}', tokenCount(this.#text.tokens))}</span>`;
      case 'additions':
        return this.#additions.state();
      case 'times':
        return this.#timing();
    }
  }

  #timing(): TemplateResult {
    const { store } = this;
    if (this.#text.times)
      return html`<span class="dim">${t('to read {0} on this machine', tokenCount(this.#text.tokens))}</span>`;
    const measured = ({ detail }: CustomEvent<MeasuredTimes>) => {
      this.times = detail;
    };
    return html`<vt-measured-times .store=${store} @measured=${measured}></vt-measured-times>`;
  }

  /** What is measured needs the model, which an exported file does not have. */
  get #measures(): readonly Measure[] {
    return this.store.isLive ? MEASURES : MEASURES.filter(({ name }) => name !== 'times');
  }

  get #measure(): Measure {
    const name = this.store.viewState.get<string>('anatomy.measure', MEASURES[0].name);
    return this.#measures.find((measure) => measure.name === name) ?? MEASURES[0];
  }

  /** The first layer until somebody opens another, or closes it. */
  get #opened(): Opened | undefined {
    const saved = this.store.viewState.get<string>('anatomy.opened', '0');
    if (saved === 'embedding' || saved === 'unembedding') return saved;
    return saved === '' || Number(saved) >= this.anatomy.layers.length ? undefined : Number(saved);
  }

  get #text(): MeasuredText {
    const { subject, token } = this.store;
    const tokens = subject?.read?.ids.length || USUAL_TOKENS;
    const times = this.times?.trace === subject?.read?.trace ? this.times?.times.prefill : undefined;
    return { tokens, token, additions: this.#additions.value, times };
  }

  #set(key: string, value: string): void {
    this.store.viewState.set(key, value);
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-anatomy-parts': AnatomyPartsElement;
  }
}
