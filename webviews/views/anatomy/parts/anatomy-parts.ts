import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { HasTables, Table } from '../../../export/table';
import '../../../kit/choice';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { MEASURES, type Measure } from './measures';
import './model-drawing';
import type { Opened } from './model-drawing';
import './opened-layer';
import './share-strip';

/** A text that is measured where none is inspected, in tokens. */
const USUAL_TOKENS = 512;

/** The model as one drawing that opens: layers, their parts, and the tensors of those. */
@customElement('vt-anatomy-parts')
export class AnatomyPartsElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;

  static override styles = [
    base,
    css`.choice { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; margin: 12px 0 8px; }`,
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
        .tokens=${this.#tokens}
        .opened=${opened}
        .theme=${theme}
        .scale=${theme.greyMark}
        @open=${({ detail }: CustomEvent<Opened>) => this.#set('anatomy.opened', detail === opened ? '' : `${detail}`)}
      >${opened === undefined ? nothing : html`<vt-opened-layer .store=${store} .anatomy=${anatomy} .opened=${opened}></vt-opened-layer>`}</vt-model-drawing>`;
  }

  tables(): Table[] {
    return [
      {
        label: t('Tensors'),
        name: 'tensors',
        columns: ['name', 'part', 'layer', 'shape', 'type', 'bytes', 'elements'],
        rows: () =>
          this.anatomy.tensors.map(({ name, part, layer, shape, type, bytes, elements }) => [
            name,
            part,
            layer,
            shape.join(' × '),
            type,
            bytes,
            elements,
          ]),
      },
    ];
  }

  #choice(): TemplateResult {
    const tokens = formatCount(this.#tokens);
    return html`<div class="choice">
      <span>${t('The bars show')}</span>
      <vt-choice
        class="no-picture"
        label=${t('What the bars show')}
        .value=${this.#measure.name}
        .options=${MEASURES.map(({ name, title }) => ({ value: name, label: title() }))}
        @choose=${({ detail }: CustomEvent<string>) => this.#set('anatomy.measure', detail)}
      ></vt-choice>
      ${this.#measure.name === 'weights' ? nothing : html`<span class="dim">${t('of {0} tokens', tokens)}</span>`}
    </div>`;
  }

  get #measure(): Measure {
    const name = this.store.viewState.get<string>('anatomy.measure', MEASURES[0].name);
    return MEASURES.find((measure) => measure.name === name) ?? MEASURES[0];
  }

  get #opened(): Opened | undefined {
    const saved = this.store.viewState.get<string>('anatomy.opened', '');
    if (saved === 'embedding' || saved === 'unembedding') return saved;
    return saved === '' || Number(saved) >= this.anatomy.layers.length ? undefined : Number(saved);
  }

  get #tokens(): number {
    return this.store.subject?.read?.ids.length || USUAL_TOKENS;
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
