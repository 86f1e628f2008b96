import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatLogprobShort } from '../../../src/display/numbers';
import { candidateLabels } from '../../kit/candidate-label';
import { tokenCount } from '../../kit/count-text';
import { Memo } from '../../kit/memo';
import { OneStop } from '../../kit/one-stop';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { type Compared, LETTERS, type SideNames } from './compared';

const LISTED = 12;

/** Where the first guess of B is another than that of A: what stands there, and both guesses. */
@customElement('vt-first-guesses')
export class FirstGuessesElement extends StoreElement {
  @property({ attribute: false }) accessor compared!: Compared;
  @property({ attribute: false }) accessor names: SideNames = LETTERS;
  readonly #stops = new OneStop(this, 'tbody button');
  readonly #flips = new Memo<number[]>();
  readonly #labels = new Map<number, string>();

  static override styles = [
    base,
    css`
      table { width: 100%; border-collapse: collapse; table-layout: fixed; }
      th { font-weight: 400; text-align: start; color: var(--dim); }
      th, td { padding: 2px 12px 2px 0; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
      thead th { white-space: normal; vertical-align: bottom; }
      tbody tr:hover { background: var(--vscode-list-hoverBackground); }
      button { max-width: 100%; padding: 0; font: inherit; color: inherit; text-align: start; background: none; border: 0; cursor: pointer; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
      td span { color: var(--dim); }
      .line { width: 7ch; text-align: end; color: var(--dim); }
    `,
  ];

  /** Those first where the models are farthest apart. */
  get #listed(): number[] {
    const { compared } = this;
    return this.#flips.get([compared], () => {
      const flips = compared.shown.filter((index) => compared.isFlip(index));
      return flips.sort((one, other) => compared.distance(other) - compared.distance(one));
    });
  }

  #ask = new Task(this, {
    args: () => [this.#listed] as const,
    task: async ([listed]) => {
      const { a, b, topK } = this.compared.text.tokens;
      const ids = listed
        .slice(0, LISTED)
        .flatMap((index) => [a.topIds[index * topK] ?? 0, b.topIds[index * topK] ?? 0]);
      if (ids.length === 0) return;
      for (const [id, label] of await candidateLabels(this.store.lenses, ids)) this.#labels.set(id, label);
    },
  });

  override render(): TemplateResult | typeof nothing {
    const listed = this.#listed;
    const count = this.compared.shown.length;
    if (listed.length === 0)
      return html`<h2>${t('Where the first guess flips')}</h2><p>${t('Nowhere: both have the same first guesses over {0}.', tokenCount(count))}</p>`;
    const note =
      listed.length > LISTED
        ? someOf(listed.length, count, this.compared)
        : t('{0} of {1} places', formatCount(listed.length), formatCount(count));
    return html`<h2>${t('Where the first guess flips')}<small>${note}</small></h2>
      <table>
        <thead><tr>${this.#hasLines ? html`<th scope="col" class="line">${t('line')}</th>` : nothing}<th scope="col">${t('stands there')}</th><th scope="col">${t('{0} would say', this.names.a)}</th><th scope="col">${t('{0} would say', this.names.b)}</th></tr></thead>
        <tbody class="mono" @focusin=${this.#stops.focused} @keydown=${this.#stops.keyPressed}>
          ${listed.slice(0, LISTED).map((index) => this.#row(index))}
        </tbody>
      </table>
      ${this.#ask.error instanceof Error ? html`<p>${this.#ask.error.message}</p>` : nothing}`;
  }

  #row(index: number): TemplateResult {
    const { a, b, topK, ids } = this.compared.text.tokens;
    const guess = ({ topIds, topLogprobs }: typeof a) => {
      const id = topIds[index * topK] ?? 0;
      const stands = id === ids[index];
      return html`<td>\u2068${this.#labels.get(id) ?? '…'}\u2069${stands ? ' ◂' : ''} <span class="number">${formatLogprobShort(topLogprobs[index * topK] ?? 0)}</span></td>`;
    };
    const go = () => this.store.select({ token: this.compared.positionOf(index) });
    const line = this.#hasLines ? html`<td class="line number">${formatCount(this.#lineOf(index))}</td>` : nothing;
    return html`<tr>${line}<td><button @click=${go}>${this.compared.labelOf(index)}</button></td>${guess(a)}${guess(b)}</tr>`;
  }

  get #hasLines(): boolean {
    return this.compared.subject.text.trimEnd().includes('\n');
  }

  /** From 1. */
  #lineOf(index: number): number {
    const { text, read } = this.compared.subject;
    const start = read?.starts[this.compared.positionOf(index)] ?? 0;
    return text.slice(0, start).split('\n').length;
  }
}

function someOf(flips: number, count: number, { hasDivergence }: Compared): string {
  const numbers = [formatCount(flips), formatCount(count), LISTED] as const;
  return hasDivergence
    ? t('{0} of {1} places; the {2} where the distributions are farthest apart', ...numbers)
    : t('{0} of {1} places; the {2} where what stands there moved most', ...numbers);
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-first-guesses': FirstGuessesElement;
  }
}
