import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatDecimal, LEAST_SHARE, spokenDigits } from '../../../src/display/numbers';
import type { HeadRow } from '../../../src/shared/engine-api';
import type { HeadAddress } from '../../../src/shared/head-address';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import '../../kit/term';
import { working } from '../../kit/working/working';
import { barFromZero, formatStep, stepCell, workingTable } from '../../kit/working/working-table';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { ViewStore } from '../../store/view-store';
import { formatWeightShort } from './attention-scope';
import { type RowKeys, rowKeys } from './working-row-keys';

/** How the weights of one token in one head come about: products of its query with keys, scaled, masked, softmax, and how much is written from each. */
@customElement('vt-row-working')
export class RowWorkingElement extends StoreElement {
  @property({ attribute: false }) accessor head!: HeadAddress;
  /** Position of the token. */
  @property({ attribute: false }) accessor query!: number;

  static override styles = [
    base,
    workingTable,
    css`
      :host { container-type: inline-size; }
      .masked { color: var(--dim); }
    `,
  ];

  /** What is known of another token stays until this one's is there. */
  #row = new Task(this, {
    args: () => [this.store.subject?.read?.trace, this.head.layer, this.head.head, this.query] as const,
    task: async ([trace, layer, head, query]) =>
      trace === undefined ? undefined : { query, row: await this.store.lenses.headRow({ trace, layer, head, query }) },
  });

  override render(): TemplateResult | typeof nothing {
    const { error, value } = this.#row;
    if (error instanceof Error) return html`<p>${error.message}</p>`;
    return value ? this.#working(value.row, value.query) : html`<p class="dim">${t('Computing …')}</p>`;
  }

  #working(row: HeadRow, query: number): TemplateResult {
    const keys = rowKeys(row, query);
    const { shown, rest, later, outside } = keys;
    const scaling = spokenDigits(`${Number(row.scaling.toPrecision(3))}`);
    return html`<p>${this.#sentence(query)} ${row.softcap === undefined ? nothing : t('This model bends its scores x to c · tanh(x / c), so that none goes beyond ±{0}.', formatDecimal(row.softcap))}</p>
      <table class="number">
        <thead>
          <tr>
            <td></td>
            <th scope="col"><vt-term name="queryKey">q · k</vt-term></th>
            <th scope="col">× ${scaling}</th>
            <th scope="col"><vt-term name="softmax">softmax</vt-term></th>
            <th scope="col"><vt-term name="valueNorm">${t('written')}</vt-term></th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((key) => this.#key(row, keys, key, key === query))}
          ${rest.count > 0 ? this.#rest(rest) : nothing}
          ${row.sink ? this.#sink(row.sink) : nothing}
          ${later ? this.#masked(row, keys, later.first, t('and {0} later', formatCount(later.count - 1)), later.count > 1) : nothing}
          ${outside ? this.#masked(row, keys, outside.last, t('and {0} before', formatCount(outside.count - 1)), outside.count > 1) : nothing}
        </tbody>
      </table>`;
  }

  #sentence(query: number): string {
    return t(
      'The query of {0} is multiplied with the key of each token and scaled. What it may not see is masked. Softmax makes weights of the scores that are left, and each weight takes that much of the token’s value: what the head writes.',
      this.#label(query),
    );
  }

  #label(key: number): string {
    return subjectTokens(this.store.subject)[key]?.label ?? '';
  }

  #key(row: HeadRow, keys: RowKeys, key: number, isQuery: boolean): TemplateResult {
    const weight = row.weights[key] ?? 0;
    const norm = row.norms[key] ?? 0;
    const longest = Math.max(...keys.shown.map((other) => row.norms[other] ?? 0));
    return html`<tr class=${isQuery ? 'marked' : ''}>
      ${this.#name(key)} ${this.#scores(row, keys, key)}
      ${stepCell(this.store.theme, formatWeightShort(weight), weight, { start: 0, width: weight < LEAST_SHARE ? 0 : weight }, 'blue')}
      ${stepCell(this.store.theme, formatStep(norm), norm, { start: 0, width: longest > 0 ? norm / longest : 0 }, 'blue')}
    </tr>`;
  }

  #name(key: number, more: string | typeof nothing = nothing): TemplateResult {
    return html`<th scope="row" title=${t('token {0}', formatCount(key + 1))}>
      <span class="name mono">${this.#label(key)}</span>${more === nothing ? nothing : html`<small class="dim"> ${more}</small>`}
    </th>`;
  }

  /** The product and what is made of it, each on a scale of those that are shown. */
  #scores(row: HeadRow, { shown, later, outside }: RowKeys, key: number): TemplateResult[] {
    const all = [...shown, ...(later ? [later.first] : []), ...(outside ? [outside.last] : [])];
    return [row.products, row.scores].map((values) => {
      const value = values[key] ?? 0;
      const bar = barFromZero(
        value,
        all.map((other) => values[other] ?? 0),
      );
      return stepCell(this.store.theme, formatDecimal(value), value, bar);
    });
  }

  #rest({ count, weight }: RowKeys['rest']): TemplateResult {
    return html`<tr>
      <th scope="row" class="rest">${t('{0} others', formatCount(count))}</th>
      <td></td>
      <td></td>
      <td class="value" title=${weight}>${formatWeightShort(weight)}</td>
      <td></td>
    </tr>`;
  }

  #sink({ score, weight }: NonNullable<HeadRow['sink']>): TemplateResult {
    return html`<tr>
      <th scope="row"><vt-term name="ownSink">${t('its own sink')}</vt-term></th>
      <td></td>
      <td title=${score}>${formatDecimal(score)}</td>
      ${stepCell(this.store.theme, formatWeightShort(weight), weight, { start: 0, width: weight }, 'blue')}
      <td></td>
    </tr>`;
  }

  #masked(row: HeadRow, keys: RowKeys, key: number, more: string, hasMore: boolean): TemplateResult {
    return html`<tr class="masked">
      ${this.#name(key, hasMore ? more : nothing)} ${this.#scores(row, keys, key)}
      <td colspan="2">${t('masked')}</td>
    </tr>`;
  }
}

/** Opened in place. @param query position of the token that looks */
export function rowWorking(store: ViewStore, head: HeadAddress, query: number): TemplateResult {
  return working(
    store,
    'row',
    t('How these weights come about'),
    () => html`<vt-row-working .store=${store} .head=${head} .query=${query}></vt-row-working>`,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-row-working': RowWorkingElement;
  }
}
