import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatProbabilityShort } from '../../../src/display/numbers';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import type { HasTables, Table } from '../../export/table';
import '../../kit/bars';
import type { Bar } from '../../kit/bars';
import { candidateLabels } from '../../kit/candidate-label';
import '../../kit/choice';
import { probabilityScaleEnd } from '../../kit/probability-scale';
import { base } from '../../kit/styles';
import { taskError } from '../../kit/task-error';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { type NextToken, nextRows, nextToken } from './next-rows';
import './next-table';
import { type Place, readPlace } from './place';
import type { Player } from './player';
import { nextTokensTable } from './tables';
import { askedModelOf, type Writer } from './writer';

/** Of each model. */
const LISTED = 8;

/** What was found out of the place of a text under both models. */
interface Pair {
  a: Place;
  b: Place;
  /** By side. */
  labels: Record<Writer['side'], ReadonlyMap<number, string>>;
}

/** What both models would say next, side by side, and which of them goes on. Event: `writer-choose`. */
@customElement('vt-next-tokens')
export class NextTokensElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor player!: Player;
  /** Of the player. */
  @property({ attribute: false }) accessor revision = 0;
  @property({ attribute: false }) accessor comparison!: ComparisonState;
  @property({ attribute: false }) accessor both!: readonly [Writer, Writer];

  static override styles = [
    base,
    css`
      section { padding-top: 12px; border-top: 1px solid var(--line); container-type: inline-size; }
      .head { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; justify-content: space-between; margin-bottom: 8px; }
      .head h2 { margin: 0; }
      .with { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: baseline; }
      .old { filter: opacity(0.55); transition: filter 120ms 200ms; }
      .lists { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); gap: 12px 32px; }
      h3 { margin: 0 0 4px; font: inherit; color: var(--dim); overflow-wrap: anywhere; }
      h3 b { color: var(--vscode-editor-foreground); }
      .note { margin-top: 8px; }
    `,
  ];

  readonly #pair = new Task(this, {
    args: () => [this.player.place, this.both] as const,
    task: async ([place, both], { signal }): Promise<Pair | undefined> => place && this.#read(place, both, signal),
  });

  override render(): TemplateResult {
    const { comparison, player } = this;
    const side = player.place?.writer.side ?? 'a';
    const option = (value: Writer['side']) => ({
      value,
      label: `${value.toUpperCase()} ${comparison[value].label}`,
    });
    return html`<section>
      <div class="head">
        <h2>${t('What both would say next')}<small>${t('choose a token to go on with it, as the model whose bar it is')}</small></h2>
        <span class="with"><span aria-hidden="true">${t('Continue with')}</span> <vt-choice
          label=${t('Continue with')}
          .value=${side}
          .options=${[option('a'), option('b')]}
          @choose=${({ detail }: CustomEvent<string>) => this.#choose(detail as Writer['side'])}
        ></vt-choice></span>
      </div>
      ${this.#content()}
    </section>`;
  }

  /** Of different vocabularies no token of one stands beside a token of the other. */
  tables(): Table[] {
    const { value } = this.#pair;
    return value?.b.writer.vocabulary === '' ? [nextTokensTable(value.a, value.b, this.store)] : [];
  }

  #content(): TemplateResult | typeof nothing {
    const { value } = this.#pair;
    const error = taskError(this.#pair);
    if (error !== undefined)
      return html`<div role="status" class="with"><p>${error}</p>${button(t('Try again'), () => this.#pair.run())}</div>`;
    if (!value) return nothing;
    const { place } = this.player;
    const isOld = value.a !== place && value.b !== place;
    return html`<div class=${isOld ? 'old' : ''}>${value.b.writer.vocabulary === '' ? this.#table(value) : this.#lists(value)}</div>`;
  }

  #table(pair: Pair): TemplateResult {
    const { a, b, labels } = pair;
    return html`<vt-next-table
      .rows=${nextRows(a, b, LISTED)}
      .labels=${labels.a}
      .comparison=${this.comparison}
      .theme=${this.store.theme}
      @next-take=${({ detail }: CustomEvent<{ side: Writer['side']; id: number }>) => this.#take(pair[detail.side], detail.id)}
    ></vt-next-table>`;
  }

  /** Of different vocabularies no token of one stands beside a token of the other. */
  #lists(pair: Pair): TemplateResult {
    const tokens = (place: Place) => place.order.slice(0, LISTED).map((id) => nextToken(place, id));
    const [ofA, ofB] = [tokens(pair.a), tokens(pair.b)];
    const end = probabilityScaleEnd(Math.max(...[...ofA, ...ofB].map(({ probability }) => probability)));
    const list = (side: Writer['side'], listed: NextToken[]) => html`<div>
      <h3><b>${side.toUpperCase()}</b> ${this.comparison[side].label}</h3>
      <vt-bars
        selectable
        label=${side === 'a' ? t('The most probable tokens of A') : t('The most probable tokens of B')}
        .bars=${listed.map((token) => bar(token, pair.labels[side], end))}
        .end=${end}
        .theme=${this.store.theme}
        @bar-select=${({ detail }: CustomEvent<number>) => this.#take(pair[side], detail)}
      ></vt-bars>
    </div>`;
    return html`<div class="lists">${list('a', ofA)}${list('b', ofB)}</div>
      <p class="note dim">${t('The two have different vocabularies: no token of one stands for a token of the other.')}</p>`;
  }

  /** The other model reads what the one that goes on has read. */
  async #read(place: Place, both: readonly [Writer, Writer], signal: AbortSignal): Promise<Pair> {
    const { store } = this;
    const placeOf = (writer: Writer) =>
      writer === place.writer ? place : readPlace(store, writer, place.end, store.newTask(signal));
    const [a, b] = await Promise.all([placeOf(both[0]), placeOf(both[1])]);
    signal.throwIfAborted();
    const own = nextRows(a, b, LISTED).map(({ id }) => id);
    const labelsOf = (of: Place) => {
      const ids = b.writer.vocabulary === '' ? own : of.order.slice(0, LISTED);
      return candidateLabels(store.lenses, ids, b.writer.vocabulary === '' ? {} : askedModelOf(of.writer));
    };
    return { a, b, labels: { a: await labelsOf(a), b: await labelsOf(b) } };
  }

  #take(place: Place, id: number): void {
    this.#choose(place.writer.side);
    void this.player.take(id, place);
  }

  #choose(side: Writer['side']): void {
    this.dispatchEvent(new CustomEvent('writer-choose', { detail: side, bubbles: true, composed: true }));
  }
}

function bar(token: NextToken, labels: ReadonlyMap<number, string>, end: number): Bar {
  const { id, probability, rank, isTaken } = token;
  return {
    id,
    label: `${isTaken ? '↳ ' : ''}${labels.get(id) ?? '…'}`,
    share: probability / end,
    text: formatProbabilityShort(probability),
    title: t('id {0}, probability {1}, rank {2}', id, probability, rank + 1),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-next-tokens': NextTokensElement;
  }
}
