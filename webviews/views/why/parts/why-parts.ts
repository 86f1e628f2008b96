import { Task } from '@lit/task';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Asked } from '../../../../src/display/asked-place';
import type { HeadAddress } from '../../../../src/shared/head-address';
import type { Part, Why } from '../../../../src/shared/why-api';
import type { HasTables, Table } from '../../../export/table';
import { candidateLabels } from '../../../kit/candidate-label';
import { Memo } from '../../../kit/memo';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import { subjectTokens } from '../../../kit/subject-tokens';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import type { HeadWorths } from '../../attention/grid-picture';
import '../../attention/head-grid';
import { headWorths } from './head-worths';
import { Measuring } from './measuring';
import './opened-part';
import { nameOf, strongestParts } from './part';
import './strongest-parts';
import { PartsData } from './parts-data';
import type { Names } from './sources-strip';
import './sources-strip';
import { partsTables } from './tables';
import './waterfall';
import { whyPartsStyles } from './why-parts-styles';

/** What each part of the model wrote for the token and against the other, from coarse to fine. */
@customElement('vt-why-parts')
export class WhyPartsElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor asked!: Asked;
  /** Of what is no head: heads are selected in all views. */
  @state() private accessor chosen: Part | undefined;
  readonly #data = new PartsData(this, () => this.#opened);
  readonly #measuring = new Measuring(this, () => this.#data.question);
  readonly #worths = new Memo<HeadWorths>();
  #selectedHead = '';

  static override styles = [base, whyPartsStyles];

  readonly #names = new Task(this, {
    args: () => [this.asked],
    task: async ([{ token, against }]): Promise<Names> => {
      const labels = await candidateLabels(this.store.lenses, [token, against]);
      return { token: labels.get(token) ?? '', against: labels.get(against) ?? '' };
    },
  });

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('asked')) this.#measuring.reset();
    const { layer, head } = this.store.state.selected;
    const selected = `${layer}.${head}`;
    if (selected !== this.#selectedHead) this.chosen = undefined;
    this.#selectedHead = selected;
  }

  override render(): TemplateResult {
    const { store } = this;
    const { why, failure } = this.#data;
    return html`<vt-sources-strip
        .store=${store}
        .why=${why}
        .names=${this.#shownNames}
        .selected=${store.state.selected.token}
        .hovered=${store.hovered}
      ></vt-sources-strip>
      ${failure ? this.#failed(failure) : nothing}
      ${why ? this.#panes(why) : nothing}`;
  }

  tables(): Table[] {
    const { why, opened } = this.#data;
    const { subject } = this.store;
    return why && subject ? partsTables(why, subject, opened, this.#measuring) : [];
  }

  #failed(failure: string): TemplateResult {
    return html`<div class="failure" role="alert"><p>${failure}</p>${
      this.store.isLive ? button(t('Try again'), () => this.#data.askAgain()) : nothing
    }</div>`;
  }

  #panes(why: Why): TemplateResult {
    const { store } = this;
    const opened = this.#opened;
    const names = this.#shownNames;
    const { effects } = this.#measuring;
    const select = ({ detail }: CustomEvent<Part>) => this.#select(detail);
    const toggle = ({ detail }: CustomEvent<Part>) => this.#measuring.toggle(detail);
    const { layers = [], numAttentionHeads = 1 } = store.state.model ?? {};
    return html`<div
      class="panes"
      ${styled({ '--layers': `${layers.length}`, '--heads': `${numAttentionHeads}` })}
      @part-select=${select}
      @part-switch=${toggle}
    >
      <section>
        <h2>${t('Layer by layer')} <small>${t('attention, MLP')}</small></h2>
        <vt-why-waterfall
          data-place="waterfall"
          .why=${why}
          .nameOf=${this.#nameOf}
          .names=${names}
          .effects=${effects}
          .opened=${opened}
          .theme=${store.theme}
          .scale=${store.theme.differenceMark}
          @part-select=${select}
        ></vt-why-waterfall>
      </section>
      <section class="heads">
        <h2>${t('All heads')} <small>${t('{0} layers × {1}', layers.length, numAttentionHeads)}</small></h2>
        <vt-head-grid
          .layers=${layers.length}
          .heads=${numAttentionHeads}
          .kinds=${layers}
          .tokens=${store.subject?.read?.ids.length ?? 0}
          .worths=${this.#headWorths(why)}
          .chosen=${opened?.kind === 'head' ? opened : undefined}
          .ablated=${store.state.ablated}
          .theme=${store.theme}
          .scale=${store.theme.differenceMark}
          @head-select=${({ detail }: CustomEvent<HeadAddress>) => this.#select({ kind: 'head', ...detail })}
        ></vt-head-grid>
      </section>
      <div class="side">
        <vt-strongest-parts
          .store=${store}
          .why=${why}
          .measuring=${this.#measuring}
          .effects=${effects}
          .names=${names}
          .nameOf=${this.#nameOf}
          .opened=${opened}
        ></vt-strongest-parts>
        ${
          opened
            ? html`<vt-opened-part
                .store=${store}
                .why=${why}
                .shownPart=${opened}
                .data=${this.#data}
                .answer=${this.#data.opened}
                .measuring=${this.#measuring}
                .effects=${effects}
                .names=${names}
                .nameOf=${this.#nameOf}
              ></vt-opened-part>`
            : nothing
        }
      </div>
    </div>`;
  }

  get #shownNames(): Names {
    return this.#names.value ?? { token: '…', against: '…' };
  }

  #headWorths(why: Why): HeadWorths {
    const scale = this.store.theme.differenceMark;
    return this.#worths.get([why, scale], () => headWorths(why, scale));
  }

  /** The part that somebody chose, or else the head that did most: it opens into words of the text, as no neuron does. */
  get #opened(): Part | undefined {
    const { layer, head } = this.store.state.selected;
    if (this.chosen) return this.chosen;
    const attention = (this.store.state.model?.layers ?? []).map((each) => each.attention);
    if (layer !== undefined && head !== undefined && attention[layer]) return { kind: 'head', layer, head };
    const { why } = this.#data;
    return why && strongestParts(why, 'parts', attention).find(({ kind }) => kind === 'head');
  }

  #select(part: Part): void {
    if (part.kind === 'token') this.store.selectToken(part.position);
    else if (part.kind === 'head') this.store.select({ layer: part.layer, head: part.head });
    this.chosen = part.kind === 'head' || part.kind === 'token' ? undefined : part;
  }

  readonly #nameOf = (part: Part): string =>
    nameOf(
      part,
      (position) => subjectTokens(this.store.subject)[position]?.label ?? '',
      (layer) => this.store.state.model?.layers[layer]?.attention !== false,
    );
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-why-parts': WhyPartsElement;
  }
}
