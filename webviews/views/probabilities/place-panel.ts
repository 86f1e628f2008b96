import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Bar } from '../../kit/bars';
import '../../kit/bars';
import { formatBits } from '../../../src/display/numbers';
import { absenceText } from '../../kit/absence';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import { working } from '../../kit/working/working';
import '../../kit/why-link';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { ChangedText } from './changed-text';
import type { Column } from './curve-plot';
import './expected-tokens';
import { type Place, placeAt } from './place';
import './place-numbers';
import './typed-word';
import { lossWorking, wordThere } from './working-loss';
import './working-softmax';
import type { Unit } from './unit';
import type { ReadPlace } from './word-loss';
import './word-pieces';
import { type WordPlace, wordPlaceAt } from './word-place';

const MOST_SURPRISING = 8;

/** What the model expected at the place that is selected or pointed at. */
@customElement('vt-place-panel')
export class PlacePanelElement extends StoreElement {
  @property({ attribute: false }) accessor changed: ChangedText | undefined;
  /** Of the text, a token or a word each. */
  @property({ attribute: false }) accessor columns: readonly Column[] = [];
  @property() accessor unit: Unit = 'token';

  readonly #at = new Memo<ReadPlace>();

  static override styles = [
    base,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; min-width: 0; align-content: start; }
      .dim { margin-bottom: 8px; }
      .at { padding: 0 4px; border: 1px solid var(--accent); }
      .absent { margin-top: 8px; }
      hr { width: 100%; margin: 0; border: 0; border-top: 1px solid var(--line); }
    `,
  ];

  override render(): TemplateResult {
    const { store, changed } = this;
    const { subject, token: position, predictions: original } = store;
    const read = subject?.read;
    if (!original || !read) return html``;
    if (position === undefined) return this.#mostSurprising();
    const ids = changed?.ids ?? read.ids;
    const trace = changed?.trace ?? read.trace;
    const tokens = changed?.tokens ?? subjectTokens(subject);
    const label = tokens[position]?.label ?? '';
    const isPart = tokens[position]?.sharesCharacter || tokens[position + 1]?.sharesCharacter;
    const predictions = changed?.predictions ?? original;
    const place = placeAt(predictions, ids, position);
    const word = wordPlaceAt(subject, tokens, predictions, position);
    const pieces =
      word.pieces.length > 1 ? html`<vt-word-pieces .word=${word} .selected=${position}></vt-word-pieces>` : '';
    const title = html`<h2>${isPart ? t('What it expected at a part of') : t('What it expected at')} <span class="at mono one-line">${label}</span>${this.#changedNote()}</h2>`;
    if (!place) {
      return html`<div>${title}${pieces}<p>${t('The first token: nothing stands before it, so nothing predicts it.')}</p></div>`;
    }
    return html`<div>
        ${title}${changed ? nothing : html`<p><vt-why-link .store=${store} .position=${position}></vt-why-link></p>`}
        ${pieces}<vt-expected-tokens .store=${store} .place=${place}></vt-expected-tokens>
        ${this.#softmax(place)}
      </div>
      <hr />
      <vt-place-numbers
        .place=${place}
        .original=${changed && placeAt(original, read.ids, position)}
      ></vt-place-numbers>
      ${this.#loss(word, trace, ids)}`;
  }

  #softmax(place: Place): TemplateResult | typeof nothing {
    const { store } = this;
    const absence = absenceText(store.state.model, 'hasDistributions');
    if (place.candidates.length === 0) return nothing;
    if (absence !== undefined) return html`<p class="dim absent">${absence}</p>`;
    return working(
      store,
      'softmax',
      t('How softmax makes these probabilities'),
      () => html`<vt-place-softmax .store=${store} .place=${place}></vt-place-softmax>`,
    );
  }

  #loss(word: WordPlace, trace: number, ids: ArrayLike<number>): TemplateResult {
    if (Number.isNaN(word.logprob)) {
      return html`<hr /><p class="dim">${t('The text begins with “{0}”: with no probability of its own it cannot be compared with another word.', word.label)}</p>`;
    }
    const absence = absenceText(this.store.state.model, 'hasVocabulary');
    if (absence !== undefined) return html`<hr /><p class="dim">${absence}</p>`;
    if (!this.store.isLive) return html`<hr />${lossWorking(this.store, () => [wordThere(word)])}`;
    const { first: position } = word;
    return html`<hr />
      <vt-typed-word
        .store=${this.store}
        .at=${this.#at.get([trace, ids, position], () => ({ trace, ids, position }))}
        .there=${word}
      ></vt-typed-word>`;
  }

  /** Numbers beside it may be the document's. */
  #changedNote(): TemplateResult | typeof nothing {
    return this.changed ? html`<small>${t('as changed')}</small>` : nothing;
  }

  /** Where nothing is selected: places worth a look. */
  #mostSurprising(): TemplateResult {
    const { store } = this;
    const most = this.columns
      .filter(({ bits }) => !Number.isNaN(bits))
      .sort((one, other) => other.bits - one.bits)
      .slice(0, MOST_SURPRISING);
    const longest = most[0]?.bits ?? 0;
    const bars = most.map(
      ({ position, label, bits }): Bar => ({
        id: position,
        label,
        share: longest > 0 ? bits / longest : 0,
        text: formatBits(bits),
        hue: 'warm',
      }),
    );
    const title = this.unit === 'word' ? t('The most surprising words') : t('The most surprising tokens');
    return html`<div>
      <h2>${title}${this.#changedNote()}</h2>
      <p class="dim">${t('Point at a token to see what the model expected there; click to keep it.')}</p>
      <vt-bars
        selectable
        label=${title}
        .bars=${bars}
        .theme=${store.theme}
        @bar-select=${(event: CustomEvent<number>) => {
          event.stopPropagation();
          store.selectToken(event.detail);
        }}
      ></vt-bars>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-place-panel': PlacePanelElement;
  }
}
