import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { candidateLabels } from '../../kit/candidate-label';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import '../../kit/term';
import { button } from '../../kit/toolkit';
import { working } from '../../kit/working/working';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { type BarRow, barRows, type OtherTokens } from './bar-rows';
import { pathTo, textsOf } from './branches';
import { controlValue } from './controls';
import './draw-line';
import './drawn-text';
import './flow-step';
import './model-pass';
import type { Player } from './player';
import './rank-curve';
import './sampling-bars';
import './sampling-controls';
import './text-end';
import './token-chips';
import './working-softmax';
import { askedModelOf, type WriterNames } from './writer';

const BARS = 12;

/** The six steps, from a text to a text that is one token longer. */
@customElement('vt-flow')
export class FlowElement extends StoreElement {
  @property({ attribute: false }) accessor player!: Player;
  /** Of the player. */
  @property({ attribute: false }) accessor revision = 0;
  /** What writers are called, where there are two. */
  @property({ attribute: false }) accessor names: WriterNames = new Map();
  /** By vocabulary. */
  readonly #labels = new Map<string, Map<number, string>>();
  readonly #rows = new Memo<{ rows: BarRow[]; others: OtherTokens }>();

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; padding-top: 8px; }
      ol { display: grid; gap: 20px 24px; margin: 0; padding: 0; list-style: none; }
      li { min-width: 0; }
      vt-sampling-controls { margin-bottom: 12px; }
      vt-drawn-text { margin-block: 12px; }
      p { margin-bottom: 8px; }
      .waits { opacity: 0.7; }
      @container (min-width: 440px) {
        ol { grid-template-columns: repeat(2, minmax(0, 1fr)); }
        .wide, .whole { grid-column: 1 / -1; }
      }
      @container (min-width: 600px) {
        ol { grid-template-columns: repeat(6, minmax(0, 1fr)); }
        li { grid-column: span 2; }
        .wide { grid-column: span 4; }
        .whole { grid-column: 1 / -1; }
      }
      @container (min-width: 1360px) {
        ol { grid-template-columns: 9fr 11fr 9fr 14fr 22fr 15fr; }
        li, .wide, .whole { grid-column: auto; }
      }
    `,
  ];

  /** Labels that are known are kept: a slider that moves leaves no gaps. */
  #ask = new Task(this, {
    args: () => [
      this.#barRows()
        .rows.map(({ id }) => id)
        .join(),
      this.player.place?.writer,
    ],
    task: async ([ids, writer]) => {
      if (ids === '' || !writer) return;
      const labels = await candidateLabels(this.store.lenses, ids.split(',').map(Number), askedModelOf(writer));
      const known = this.#labels.get(writer.vocabulary) ?? [];
      this.#labels.set(writer.vocabulary, new Map([...known, ...labels]));
    },
  });

  override render(): TemplateResult {
    const { store, player } = this;
    const { place } = player;
    const path = place ? pathTo(place.end) : [];
    const model = place?.writer.model ?? store.state.model;
    const count = model?.vocabSize ?? place?.order.length ?? 0;
    return html`<ol aria-busy=${place === undefined || player.reading !== undefined}>
      ${step(1, t('Text'), html`<vt-text-end .text=${store.subject?.text ?? ''} .drawn=${textsOf(path).join('')}></vt-text-end>`)}
      ${step(2, html`<vt-term name="token">${t('Tokens')}</vt-term>`, html`<vt-token-chips .store=${store} .path=${path} .place=${place}></vt-token-chips>`)}
      ${step(3, t('Forward'), html`<vt-model-pass .model=${model} .seconds=${place?.seconds}></vt-model-pass>`)}
      ${step(4, t('Distribution'), html`<p>${t('What the model really gives: {0} numbers, one for each token of the', formatCount(count))} <vt-term name="vocabulary">${t('vocabulary')}</vt-term>. <vt-term name="softmax">Softmax</vt-term> ${t('makes probabilities of the logits.')}</p>${this.#distribution()}${this.#softmax()}`)}
      ${step(5, t('Sampling'), this.#sampling(), 'wide')}
      ${step(6, t('Token and text'), this.#result(), 'whole')}
    </ol>`;
  }

  #distribution(): TemplateResult | typeof nothing {
    const { place, draw } = this.player;
    if (!place || !draw) return nothing;
    return html`<vt-rank-curve .store=${this.store} .place=${place} .draw=${draw}></vt-rank-curve>`;
  }

  #softmax(): TemplateResult | typeof nothing {
    const { store, player } = this;
    const { place } = player;
    if (!place) return nothing;
    return working(
      store,
      'softmax',
      t('How softmax makes these probabilities'),
      () => html`<vt-next-softmax
        .store=${store}
        .place=${place}
        .temperature=${controlValue(store.viewState, 'temperature')}
        .labels=${this.#labelsHere}
      ></vt-next-softmax>`,
    );
  }

  #sampling(): TemplateResult | typeof nothing {
    const { player, store } = this;
    const { rows, others } = this.#barRows();
    if (!player.draw) return nothing;
    return html`<vt-sampling-controls .store=${store}></vt-sampling-controls>
      <vt-sampling-bars
        ?selectable=${store.isLive && player.stop !== 'full'}
        .rows=${rows}
        .others=${others}
        .labels=${this.#labelsHere}
        .theme=${store.theme}
      ></vt-sampling-bars>
      ${this.#ask.error instanceof Error ? html`<p>${this.#ask.error.message}</p>` : nothing}`;
  }

  #result(): TemplateResult | typeof nothing {
    const { store, player } = this;
    const { place, draw } = player;
    if (!place || !draw) return nothing;
    const label = this.#labelsHere.get(draw.drawn.id) ?? '…';
    return html`<vt-draw-line .draw=${draw} .label=${label} .theme=${store.theme}></vt-draw-line>
      <vt-drawn-text
        .store=${store}
        .end=${place.end}
        .names=${this.names}
        .next=${player.stop ? '' : label}
        .revision=${this.revision}
      ></vt-drawn-text>
      ${store.isLive && !player.stop ? button(t('Add it, and begin again at 1'), () => player.step()) : nothing}`;
  }

  get #labelsHere(): ReadonlyMap<number, string> {
    return this.#labels.get(this.player.place?.writer.vocabulary ?? '') ?? new Map();
  }

  #barRows(): { rows: BarRow[]; others: OtherTokens } {
    const { place, draw } = this.player;
    if (!place || !draw) return { rows: [], others: { count: 0, left: 0, raw: 0, adjusted: 0 } };
    return this.#rows.get([draw, this.revision], () => barRows(place, draw, BARS));
  }
}

function step(number: number, name: unknown, content: unknown, width = ''): TemplateResult {
  return html`<li class=${width}><vt-flow-step .number=${number}><span slot="name">${name}</span>${content}</vt-flow-step></li>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-flow': FlowElement;
  }
}
