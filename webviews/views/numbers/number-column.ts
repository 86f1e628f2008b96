import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatProbability } from '../../../src/display/numbers';
import type { NumberMapPicture, NumberRow } from '../../../src/shared/inspector-api';
import { isWhole } from '../../../src/shared/numerals';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './digit-chips';
import './number-map';

/** What one vocabulary makes of a number: its tokens, the rule in words, and the map of all numbers to 9999. */
@customElement('vt-number-column')
export class NumberColumnElement extends StoreElement {
  @property() accessor vocabulary = '';
  @property() accessor label = '';
  @property() accessor number = '';
  /** The number of the map that is pointed at in any column. */
  @property({ attribute: false }) accessor pointed: number | undefined;

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-row: span 6;
        grid-template-rows: subgrid;
        gap: 0;
        min-width: 0;
        margin-bottom: 12px;
      }
      vt-digit-chips { font-size: 1.2em; margin-bottom: 8px; }
      p { margin-bottom: 8px; }
      details { margin-top: 8px; }
      summary { cursor: pointer; }
      table { border-spacing: 0; }
      th { padding: 2px 16px 2px 0; font-weight: 400; font-family: var(--mono); text-align: start; white-space: pre; }
      td { padding: 2px 0; }
    `,
  ];

  #map = new Task(this, {
    args: () => [this.vocabulary] as const,
    task: ([vocabulary]) => this.store.host.numberMap({ vocabulary }),
  });

  /** While the next one is on its way, what is known of the number before stays. */
  #row = new Task(this, {
    args: () => [this.vocabulary, this.number] as const,
    task: ([vocabulary, number]) => this.store.host.number({ vocabulary, number }),
  });

  /** Tokens of each number, once the vocabulary has been read. */
  get map(): NumberMapPicture | undefined {
    return this.#map.value;
  }

  override render(): TemplateResult {
    const failure = this.#map.error ?? this.#row.error;
    const message = failure instanceof Error ? failure.message : undefined;
    const { map } = this;
    return html`<h2>${this.label}</h2>
      ${map && (this.#row.value || message) ? this.#shown(map, this.#row.value, message) : html`<p class="dim">${message ?? t('Reading the vocabulary …')}</p>`}`;
  }

  /** @param message why nothing is known of the number, where it is so */
  #shown(map: NumberMapPicture, row: NumberRow | undefined, message: string | undefined): TemplateResult {
    const [cut, ...others] = row?.sentences ?? [];
    const number = Number(this.number);
    const onMap = isWhole(this.number) && number >= 0 && number < map.counts.length ? number : undefined;
    return html`
      <vt-digit-chips .tokens=${row?.tokens ?? []}></vt-digit-chips>
      <p>${message ?? cut}</p>
      <vt-number-map
        label=${t('Tokens of each number from 0 to 9999 in {0}', this.label)}
        .map=${map}
        .theme=${this.store.theme}
        .number=${this.pointed ?? onMap}
        @point=${this.#passOn}
        @choose=${this.#passOn}
      ></vt-number-map>
      <p class="dim number">${this.#shares(map)}</p>
      ${row ? this.#details(row, others) : nothing}
    `;
  }

  #details(row: NumberRow, sentences: readonly string[]): TemplateResult {
    return html`<details>
        <summary>${t('How it splits numbers')}</summary>
        ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
        <table>
          ${row.notations.map(
            ({ text, tokens }) =>
              html`<tr><th scope="row">${text}</th><td><vt-digit-chips .tokens=${tokens}></vt-digit-chips></td></tr>`,
          )}
        </table>
      </details>`;
  }

  #passOn(event: Event): void {
    const { type, detail } = event as CustomEvent<number | undefined>;
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #shares({ firstSplit, shares }: NumberMapPicture): string {
    const share = t('{0} of the three-digit numbers are one token', formatProbability(shares[2] ?? 0));
    return firstSplit === undefined ? share : `${share}; ${t('{0} is the first that is not', formatCount(firstSplit))}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-number-column': NumberColumnElement;
  }
}
