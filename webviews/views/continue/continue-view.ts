import { messageOf } from '../../../src/shared/errors';
import '../../kit/comparison-state';
import '../../kit/language-notice';
import '../../kit/term';
import './branch-tree';
import './flow';
import './half-word';
import './next-tokens';
import './player-bar';
import './player-status';
import './steering/steering-panel';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import type { HasTables, Table } from '../../export/table';
import { absenceText } from '../../kit/absence';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { type Branch, pathTo, textsOf } from './branches';
import { Player } from './player';
import { continuationTables } from './tables';
import { textKey, type Writer, type WriterNames } from './writer';
import { Writers } from './writers';

/** How a text goes on: the six steps from text to text for each token, on branches that stay. */
@customElement('vt-continue-view')
export class ContinueViewElement extends StoreElement implements HasTables {
  /** What has become of the text that was written. */
  @state() private accessor done = '';
  #player!: Player;
  readonly #writers = new Writers(this);
  readonly #writerNames = new Memo<WriterNames>();
  readonly #key = new Memo<string | undefined>();
  /** The key of what is continued. */
  #opened: string | undefined;

  static override styles = [
    base,
    css`
      :host { display: grid; gap: 12px; padding: 12px 16px; }
      :host > * { min-width: 0; }
      section { padding-top: 12px; border-top: 1px solid var(--line); }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#player = new Player(this.store, () => {
      this.done = '';
      this.requestUpdate();
    });
    this.#opened = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#player.cancel();
  }

  /** Another text, another model, or another change of it begin anew. */
  override willUpdate(): void {
    const { inUse, both } = this.#writers;
    const first = both?.[0] ?? inUse;
    // What was read before stays until the text is read as it is changed: the same text then comes with another trace.
    const key = this.#key.get([first], () => first && `${textKey(first)} ${first.text.trace}`);
    if (key !== this.#opened) {
      this.#opened = key;
      this.#player.open(first);
    }
    const chosen = both?.find(({ side }) => side === this.store.viewState.get('continue.writer', 'a')) ?? first;
    if (chosen) this.#player.continueWith(chosen);
  }

  override updated(): void {
    this.store.tellShown({ written: pathTo(this.#player.end).length });
  }

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const player = this.#player;
    const names = this.#names;
    if (!store.subject) return nothing;
    const goTo = ({ detail }: CustomEvent<unknown>) => {
      player.pause();
      void player.goTo(detail as Branch);
    };
    return html`
      <vt-language-notice .store=${store}></vt-language-notice>
      ${store.isLive ? this.#bar() : html`<p>${t('To continue the text, open it in the editor: that needs the model. This is what it gave for the next token.')}</p>`}
      ${store.subject.restOfWord ? html`<vt-half-word .store=${store}></vt-half-word>` : nothing}
      <vt-player-status .store=${store} .player=${player} .revision=${player.revision} .done=${this.done}></vt-player-status>
      ${store.state.comparison && store.isLive ? this.#comparison(store.state.comparison) : nothing}
      ${store.isLive ? html`<vt-steering-panel .store=${store}></vt-steering-panel>` : nothing}
      <vt-flow
        .store=${store}
        .player=${player}
        .names=${names}
        .revision=${player.revision}
        @control-change=${() => player.resample()}
        @token-take=${({ detail }: CustomEvent<number>) => void player.take(detail)}
        @branch-select=${goTo}
      ></vt-flow>
      ${
        player.root.children.length > 0
          ? html`<section>
              <h2>${t('Branches')}<small>${t('each token with the probability that the model gave it; choose one to go back there')}</small></h2>
              <vt-branch-tree
                .root=${player.root}
                .end=${player.end}
                .names=${names}
                .revision=${player.revision}
                @branch-select=${goTo}
              ></vt-branch-tree>
            </section>`
          : nothing
      }
    `;
  }

  tables(): Table[] {
    const ofBoth = this.renderRoot.querySelector('vt-next-tokens')?.tables() ?? [];
    return [...continuationTables(this.#player, this.store), ...ofBoth];
  }

  /** What both models would say, or why that cannot be known. */
  #comparison(comparison: ComparisonState): TemplateResult {
    const { store } = this;
    const { both, error, isPending, progress } = this.#writers;
    const absence = absenceText(comparison.b.model, 'hasDistributions');
    if (absence !== undefined) return html`<p class="dim">${absence}</p>`;
    if (comparison.takesTurns && comparison.reading.kind !== 'failed')
      return html`<p>${t('Memory holds only one of the two models that are compared, so the one in use goes on alone.')}</p>`;
    // An engine that is at work with either of both says nothing of the comparison.
    if (!both)
      return html`<vt-comparison-state
        late
        .store=${store}
        .comparison=${comparison}
        .progress=${progress}
        .error=${error}
        ?busy=${isPending}
        @again=${() => this.#writers.again()}
      ></vt-comparison-state>`;
    return html`<vt-next-tokens
      .store=${store}
      .player=${this.#player}
      .revision=${this.#player.revision}
      .comparison=${comparison}
      .both=${both}
      @writer-choose=${({ detail }: CustomEvent<Writer['side']>) => this.#choose(detail)}
    ></vt-next-tokens>`;
  }

  /** Has another model go on with the text. */
  #choose(side: Writer['side']): void {
    this.store.viewState.set('continue.writer', side);
    this.requestUpdate();
  }

  /** Of two that are compared. */
  get #names(): WriterNames {
    const { comparison } = this.store.state;
    const { both } = this.#writers;
    return this.#writerNames.get([comparison, both], () =>
      comparison && both
        ? new Map(both.map(({ side, name }) => [name, { letter: side.toUpperCase(), name: comparison[side].label }]))
        : new Map(),
    );
  }

  #bar(): TemplateResult {
    const { store } = this;
    const player = this.#player;
    return html`<vt-player-bar
        .store=${store}
        .player=${player}
        .revision=${player.revision}
        @control-change=${() => player.resample()}
        @text-copy=${() => this.#finish((text) => store.host.copy(text), t('Copied.'))}
        @text-insert=${() => this.#finish((text) => store.host.insert(text), t('Inserted after the text. Undo takes it out again.'))}
      ></vt-player-bar>`;
  }

  /** @param use does something with the text that was written */
  async #finish(use: (text: string) => Promise<void>, said: string): Promise<void> {
    const text = textsOf(pathTo(this.#player.end)).join('');
    this.done = await use(text).then(() => said, messageOf);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-continue-view': ContinueViewElement;
  }
}
