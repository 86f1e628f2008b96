import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Bar } from '../../kit/bars';
import '../../kit/bars';
import { formatBits } from '../../../src/shared/numbers';
import { bitsOf } from '../../../src/shared/scales';
import { Kept } from '../../kit/kept';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { ChangedText } from './changed-text';
import './expected-tokens';
import { placeAt } from './place';
import './place-numbers';
import './typed-word';
import type { ReadPlace } from './word-loss';

const MOST_SURPRISING = 8;

/** What the model expected at the place that is selected or pointed at. */
@customElement('vt-place-panel')
export class PlacePanelElement extends StoreElement {
  @property({ attribute: false }) accessor changed: ChangedText | undefined;

  readonly #at = new Kept<ReadPlace>();

  static override styles = [
    base,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; min-width: 0; align-content: start; }
      .dim { margin-bottom: 8px; }
      .at { padding: 0 4px; border: 1px solid var(--accent); }
      hr { width: 100%; margin: 0; border: 0; border-top: 1px solid var(--line); }
    `,
  ];

  override render(): TemplateResult {
    const { store, changed } = this;
    const position = store.token;
    const original = store.predictions;
    const read = store.subject?.read;
    if (!original || !read) return html``;
    if (position === undefined) return this.#mostSurprising();
    const ids = changed?.ids ?? read.ids;
    const trace = changed?.trace ?? read.trace;
    const tokens = changed?.tokens ?? subjectTokens(store.subject);
    const label = tokens[position]?.label ?? '';
    const isPart = tokens[position]?.sharesCharacter || tokens[position + 1]?.sharesCharacter;
    const place = placeAt(changed?.predictions ?? original, ids, position);
    const title = html`<h2>${isPart ? t('What it expected at a part of') : t('What it expected at')} <span class="at mono one-line">${label}</span></h2>`;
    if (!place) {
      return html`${title}<p>${t('The first token: nothing stands before it, so nothing predicts it.')}</p>`;
    }
    return html`<div>${title}<vt-expected-tokens .store=${store} .place=${place}></vt-expected-tokens></div>
      <hr />
      <vt-place-numbers
        .place=${place}
        .original=${changed && placeAt(original, read.ids, position)}
      ></vt-place-numbers>
      ${
        store.isLive
          ? html`<hr />
            <vt-typed-word
              .store=${store}
              .at=${this.#at.get([trace, ids, position], () => ({ trace, ids, position }))}
              .label=${label}
              .logprob=${place.logprob}
            ></vt-typed-word>`
          : ''
      }`;
  }

  /** Where nothing is selected: places worth a look. */
  #mostSurprising(): TemplateResult {
    const { store } = this;
    const logprobs = store.predictions?.logprob ?? new Float32Array();
    const tokens = subjectTokens(store.subject);
    const positions = Array.from(logprobs.keys())
      .filter((position) => tokens[position]?.isShown && !Number.isNaN(logprobs[position] ?? Number.NaN))
      .sort((one, other) => (logprobs[one] ?? 0) - (logprobs[other] ?? 0))
      .slice(0, MOST_SURPRISING);
    const bitsAt = (position: number) => bitsOf(logprobs[position] ?? Number.NaN);
    const longest = Math.max(...positions.map(bitsAt));
    const bars = positions.map((position): Bar => {
      const bits = bitsAt(position);
      const label = tokens[position]?.label ?? '';
      return { id: position, label, share: longest > 0 ? bits / longest : 0, text: formatBits(bits), hue: 'warm' };
    });
    return html`<div>
      <h2>${t('The most surprising tokens')}</h2>
      <p class="dim">${t('Point at a token to see what the model expected there; click to keep it.')}</p>
      <vt-bars
        selectable
        label=${t('The most surprising tokens')}
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
