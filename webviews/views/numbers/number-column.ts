import { Task } from '@lit/task';
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NumberMapPicture, NumberRow } from '../../../src/shared/inspector-api';
import { formatCount, formatProbability } from '../../../src/shared/numbers';
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

  #row = new Task(this, {
    args: () => [this.vocabulary, this.number] as const,
    task: async ([vocabulary, number]) =>
      Promise.all([this.store.host.number({ vocabulary, number }), this.store.host.numberMap({ vocabulary })]),
  });

  /** Tokens of each number, once the vocabulary has been read. */
  get map(): NumberMapPicture | undefined {
    return this.#row.value?.[1];
  }

  override render(): TemplateResult {
    return html`<h2>${this.label}</h2>
      ${this.#row.render({
        pending: () => this.#known() ?? html`<p class="dim">${t('Reading the vocabulary …')}</p>`,
        complete: ([row, map]) => this.#shown(row, map),
        error: (error) => html`<p>${error instanceof Error ? error.message : String(error)}</p>`,
      })}`;
  }

  /** What is known of the number before, while the next one is on its way. */
  #known(): TemplateResult | undefined {
    return this.#row.value && this.#shown(...this.#row.value);
  }

  #shown(row: NumberRow, map: NumberMapPicture): TemplateResult {
    const [cut, ...others] = row.sentences;
    const onMap = Number(this.number) < map.counts.length ? Number(this.number) : undefined;
    return html`
      <vt-digit-chips .tokens=${row.tokens}></vt-digit-chips>
      <p>${cut}</p>
      <vt-number-map
        label=${t('Tokens of each number from 0 to 9999 in {0}', this.label)}
        .map=${map}
        .theme=${this.store.theme}
        .number=${this.pointed ?? onMap}
        @point=${this.#passOn}
        @choose=${this.#passOn}
      ></vt-number-map>
      <p class="dim number">${this.#shares(map)}</p>
      <details>
        <summary>${t('How it splits numbers')}</summary>
        ${others.map((sentence) => html`<p>${sentence}</p>`)}
        <table>
          ${row.notations.map(
            ({ text, tokens }) =>
              html`<tr><th scope="row">${text}</th><td><vt-digit-chips .tokens=${tokens}></vt-digit-chips></td></tr>`,
          )}
        </table>
      </details>
    `;
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
