import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { MODEL_VOCABULARY } from '../../../src/display/names';
import { formatCount } from '../../../src/display/numbers';
import { readNumber, writeGrouped, writeNumber } from '../../../src/display/read-number';
import {
  LONG_NUMBER_EXAMPLE,
  NUMBER_EXAMPLE,
  NUMBER_VOCABULARIES,
  numbersIn,
  SUM_EXAMPLE,
} from '../../../src/display/shown-numbers';
import { messageOf } from '../../../src/shared/errors';
import type { InspectorState } from '../../../src/shared/inspector-api';
import type { HasTables, Table } from '../../export/table';
import { absenceText } from '../../kit/absence';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import '../../kit/term';
import { button, textField } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './digit-groups';
import { MOST_TOKENS, mapColour } from './number-map';
import './number-column';
import './sum-columns';

/** A number that people read in groups. */
const IS_LONG = /^\d{4,}$/;
/** The fields' width, in characters. */
const FIELD_COLUMNS = 24;

/** What a number is to a model: one opaque token, or digits. */
@customElement('vt-numbers-view')
export class NumbersViewElement extends StoreElement implements HasTables {
  /** As digits, with a point before its fraction. */
  @state() private accessor number = NUMBER_EXAMPLE;
  @state() private accessor typed = NUMBER_EXAMPLE;
  @state() private accessor sum = SUM_EXAMPLE;
  @state() private accessor pointed: number | undefined;
  #previousRequest: InspectorState['viewRequest'] | undefined;

  static override styles = [
    base,
    css`
      :host { padding: 12px 16px; }
      form { display: flex; flex-wrap: wrap; align-items: end; gap: 8px 16px; margin-bottom: 16px; }
      .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 190px), 1fr)); gap: 0 24px; }
      .read { flex-basis: 100%; min-height: 1.5em; margin: 0; }
      .key { margin-bottom: 16px; }
      section { margin-top: 16px; padding-top: 12px; border-top: 1px solid var(--line); }
      ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 0; list-style: none; }
      li i { display: inline-block; width: 12px; height: 12px; margin-inline-end: 6px; vertical-align: -1px; outline: 1px solid var(--line); }
    `,
  ];

  #names = new Task(this, {
    args: () => [this.#absence] as const,
    task: async ([absence]) =>
      (await this.store.host.vocabularies()).filter(
        ({ name }) => NUMBER_VOCABULARIES.includes(name) && (absence === undefined || name !== MODEL_VOCABULARY),
      ),
  });

  #sums = new Task(this, {
    args: () => [this.#names.value, this.sum] as const,
    task: async ([names = [], sum]) =>
      Promise.all(
        names.map(async ({ name, label }) => ({
          label,
          picture: await this.store.host.sum({ vocabulary: name, sum }),
        })),
      ),
  });

  /** Why the numbers of the model's own vocabulary are not known. */
  get #absence(): string | undefined {
    return absenceText(this.store.state.model, 'hasVocabulary');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#show(this.store.viewState.get('numbers.number', NUMBER_EXAMPLE));
  }

  /** A command, or another view, may ask for a number at any time. */
  override willUpdate(): void {
    const { viewRequest } = this.store.state;
    if (viewRequest === this.#previousRequest) return;
    this.#previousRequest = viewRequest;
    if (viewRequest.number !== undefined) this.#read(viewRequest.number);
  }

  override render(): TemplateResult {
    const names = this.#names.value ?? [];
    const typed = (text: string) => {
      this.sum = text;
    };
    return html`
      ${this.#form()}
      <div class="key">
        <h2>${t('Maps of 0 to 9999, a cell a number')}<small>${t('a row is a hundred, a column the last two digits; click one to look at it')}</small></h2>
        <ul>${Array.from({ length: MOST_TOKENS }, (_, i) => this.#key(i + 1))}</ul>
      </div>
      ${this.#absence ? html`<p class="dim">${this.#absence}</p>` : nothing}
      <div class="columns">${names.map(({ name, label }) => this.#column(name, label))}</div>
      <section>
        <vt-digit-groups .store=${this.store} .vocabularies=${names} .number=${IS_LONG.test(this.number) ? this.number : LONG_NUMBER_EXAMPLE}></vt-digit-groups>
      </section>
      <section>
        <form @submit=${(event: Event) => event.preventDefault()}>
          ${textField({ label: t('A sum or a difference'), value: this.sum, typed }, FIELD_COLUMNS)}
          <p class="dim"><vt-term name="carry">${t('carry')}</vt-term> ⤺ ${t('leaves its token')}</p>
        </form>
        ${this.#sums.render({
          complete: (sums) =>
            html`<div class="columns">${sums.map(({ label, picture }) => html`<vt-sum-columns .label=${label} .picture=${picture}></vt-sum-columns>`)}</div>`,
          error: (error) => html`<p role="alert">${messageOf(error)}</p>`,
        })}
      </section>
    `;
  }

  /** How many tokens each number from 0 to 9999 is, a column a vocabulary by the name that the command line knows. */
  tables(): Table[] {
    const columns = [...this.renderRoot.querySelectorAll('vt-number-column')].flatMap(({ vocabulary, map }) =>
      map
        ? [
            {
              name: vocabulary === 'model' ? (this.store.state.model?.name ?? vocabulary) : vocabulary,
              counts: map.counts,
            },
          ]
        : [],
    );
    const [first] = columns;
    if (!first) return [];
    return [
      {
        label: t('Numbers'),
        name: 'tokens',
        columns: ['number', ...columns.map(({ name }) => name)],
        rows: () => Array.from(first.counts, (_, number) => [number, ...columns.map(({ counts }) => counts[number])]),
      },
    ];
  }

  #form(): TemplateResult {
    const { subject } = this.store;
    const found = numbersIn(subject);
    return html`<form @submit=${(event: Event) => event.preventDefault()}>
      ${textField({ label: t('A number'), value: this.typed, typed: (text) => this.#read(text) }, FIELD_COLUMNS)}
      ${found.length > 0 ? html`<span class="dim">${t('in {0}:', subject?.title ?? '')}</span>` : ''}
      ${found.map((number) => button(writeNumber(number), () => this.#show(number)))}
      <p class="read" role="status">${this.#reading()}</p>
    </form>`;
  }

  /** What the typed text was read as, where that does not go without saying. */
  #reading(): string {
    const shown = writeNumber(this.number);
    const typed = this.typed.trim();
    if (typed === '' || typed === shown) return '';
    if (readNumber(typed) !== undefined) {
      return t('Read as {0}. The tokens below are those of "{0}", not of "{1}".', shown, typed);
    }
    const [grouped, fraction] = [writeGrouped('1327'), writeNumber('3.14')];
    return t(
      '"{0}" is not read as a number. Write digits, 40 at most, such as 327, {1} or {2}. Below is {3} still.',
      typed,
      grouped,
      fraction,
      shown,
    );
  }

  #column(name: string, label: string): TemplateResult {
    return html`<vt-number-column
      .store=${this.store}
      .vocabulary=${name}
      .label=${label}
      .number=${this.number}
      .pointed=${this.pointed}
      @point=${this.#pointedAt}
      @choose=${({ detail }: CustomEvent<number>) => this.#show(`${detail}`)}
    ></vt-number-column>`;
  }

  #key(tokens: number): TemplateResult {
    const colour = cssColour(mapColour(this.store.theme, tokens));
    const several =
      tokens === MOST_TOKENS ? t('{0} tokens or more', formatCount(tokens)) : t('{0} tokens', formatCount(tokens));
    const text = tokens === 1 ? t('1 token') : several;
    return html`<li><i ${styled({ 'background-color': colour })}></i>${text}</li>`;
  }

  /** Shows a number that somebody wrote; where it is none, the one before stays and the view says so. */
  #read(text: string): void {
    const number = readNumber(text);
    if (number !== undefined) this.#show(number);
    this.typed = text;
  }

  #show(number: string): void {
    this.number = number;
    this.typed = writeNumber(number);
    this.store.viewState.set('numbers.number', number);
  }

  #pointedAt(event: Event): void {
    this.pointed = (event as CustomEvent<number | undefined>).detail;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-numbers-view': NumbersViewElement;
  }
}
