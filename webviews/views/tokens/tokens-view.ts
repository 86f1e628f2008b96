import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { HasTables, Table } from '../../export/table';
import { chatCells, chatColumns, TOKEN_COLUMNS, tokenCells } from '../../export/table';
import '../../kit/chat-legend';
import '../../kit/checkbox';
import { reveal } from '../../kit/reveal';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './costly-words';
import { shownText } from '../../../src/display/shown-text';
import type { SubjectChat, VocabularyTokens } from '../../../src/shared/inspector-api';
import './statistics';
import './token-card';
import './vocabulary-column';
import { readTokens } from './read-tokens';
import { TokenPlaces } from './token-places';
import { type VocabularyText, vocabularyText } from './vocabulary-text';

const MODEL = 'model';

/** The text in bands, one a token; the same under other vocabularies beside it. */
@customElement('vt-tokens-view')
export class TokensViewElement extends StoreElement implements HasTables {
  /** Vocabularies beside the model's own. */
  @state() private accessor others: readonly string[] = [];
  readonly #places = new TokenPlaces(this);
  #previousRequest: readonly string[] | undefined;
  /** The token that the text was scrolled to, and among which columns. */
  #revealed: { token: number | undefined; texts: unknown } | undefined;
  @query('.columns') private accessor columns!: HTMLElement;

  static override styles = [
    base,
    css`
      :host { padding: 12px 16px; }
      .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; margin: 12px 0; }
      .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 16px 24px; max-height: 48vh; overflow: auto; padding: 2px; }
      .note { margin-bottom: 8px; }
      .details { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 16px 32px; margin-top: 16px; padding-top: 12px; border-top: 1px solid var(--line); }
      .details > * { min-width: 0; }
    `,
  ];

  #names = new Task(this, { args: () => [], task: () => this.store.host.vocabularies() });

  #texts = new Task(this, {
    args: () =>
      [
        shownText(this.store.subject).text,
        this.#names.value,
        this.others.join(),
        this.store.subject?.chat,
        this.#isOnlyRead ? this.store.subject?.read?.trace : undefined,
      ] as const,
    task: async ([text, names = [], , chat]) => {
      const { start } = shownText(this.store.subject);
      const wanted = names.filter(({ name }) => name === MODEL || this.others.includes(name));
      return Promise.all(
        wanted.map(async (vocabulary) => {
          const read = await this.#tokens(vocabulary.name, text);
          if (!read) return [];
          return [vocabularyText(vocabulary, text, read, chat && chatFrom(chat, start, vocabulary.name === MODEL))];
        }),
      ).then((all) => all.flat());
    },
  });

  /** Whether only a server has the model's vocabulary, so that nothing but what it has read is known. */
  get #isOnlyRead(): boolean {
    return this.store.state.model?.capabilities.hasVocabulary === false;
  }

  async #tokens(vocabulary: string, text: string): Promise<VocabularyTokens | undefined> {
    const { store } = this;
    if (vocabulary !== MODEL || !this.#isOnlyRead) return store.host.tokenize({ vocabulary, text });
    return store.subject && readTokens(store, store.subject);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.others = this.store.viewState.get('tokens.vocabularies', '').split(',').filter(Boolean);
  }

  /** A command may ask for other vocabularies at any time. */
  override willUpdate(): void {
    const { vocabularies } = this.store.state.viewRequest;
    if (vocabularies === this.#previousRequest) return;
    this.#previousRequest = vocabularies;
    if (vocabularies) this.#show(vocabularies);
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.store.subject) return nothing;
    const { text } = shownText(this.store.subject);
    const texts = this.#texts.value ?? [];
    const own = texts[0];
    const showsGlyphs = this.store.viewState.get('glyphs', true);
    return html`
      ${
        own
          ? html`<vt-token-statistics .text=${text} .count=${own.ids.length} .context=${this.store.state.model?.contextLength ?? 0}></vt-token-statistics>`
          : this.#waiting()
      }
      <div class="bar">${this.#choices()}${this.#glyphSwitch(showsGlyphs)}</div>
      <vt-chat-legend .tokens=${own?.tokens ?? []}></vt-chat-legend>
      ${this.others.length > 0 ? html`<p class="dim note">${t('Underlined: no token of {0}.', own?.label ?? '')}</p>` : nothing}
      <div class="columns">${texts.map((read) => this.#column(read, own ?? read, text, showsGlyphs))}</div>
      ${own ? this.#details(own, text) : nothing}
      ${this.#texts.error ? html`<p>${String((this.#texts.error as Error).message)}</p>` : nothing}
    `;
  }

  /** The text follows what is selected in the editor. */
  override async updated(): Promise<void> {
    const { token } = this.store.state.selected;
    const texts = this.#texts.value;
    if (token === this.#revealed?.token && texts === this.#revealed?.texts) return;
    const column = this.renderRoot.querySelector('vt-vocabulary-column');
    await column?.updateComplete;
    const selected = await column?.selectedElement();
    if (selected) reveal(this.columns, selected);
    if (selected || token === undefined) this.#revealed = { token, texts };
  }

  /** The tokens of each vocabulary that is shown. */
  tables(): Table[] {
    const { text, start: shownFrom } = shownText(this.store.subject);
    // Where the text begins in the document, of which offsets are in every table.
    const cut = shownFrom + (this.store.subject?.cut ?? 0);
    return (this.#texts.value ?? []).map(({ label, tokens, ids, starts, ends, bytes }) => ({
      label,
      name: label,
      columns: [...TOKEN_COLUMNS, 'bytes', ...chatColumns(tokens)],
      rows: () =>
        Array.from(ids, (id, position) => [
          ...tokenCells({ text, read: { ids, starts, ends }, cut }, position),
          bytes[id],
          ...chatCells(tokens[position]),
        ]),
    }));
  }

  /** A large vocabulary takes a second to be read. */
  #waiting(): TemplateResult | typeof nothing {
    return this.#texts.error ? nothing : html`<p role="status" class="dim">${t('Reading …')}</p>`;
  }

  #column(read: VocabularyText, own: VocabularyText, text: string, glyphs: boolean): TemplateResult {
    return html`<vt-vocabulary-column
      .read=${read}
      .own=${own}
      .text=${text}
      .glyphs=${glyphs}
      .isAlone=${this.others.length === 0}
      .chosen=${this.#places.chosenIn(read)}
      .pointed=${this.#places.pointedIn(read)}
      @token-hover=${({ detail }: CustomEvent<number | null>) =>
        this.#places.point(detail === null ? undefined : { read, position: detail })}
      @token-select=${({ detail }: CustomEvent<number>) => this.#places.choose({ read, position: detail })}
    ></vt-vocabulary-column>`;
  }

  #choices(): TemplateResult[] {
    const names = (this.#names.value ?? []).filter(({ name }) => name !== MODEL);
    return names.map(
      ({ name, label }) =>
        html`<vt-checkbox .checked=${this.others.includes(name)} @change=${({ detail }: CustomEvent<boolean>) => this.#compare(name, detail)}>${label}</vt-checkbox>`,
    );
  }

  #glyphSwitch(showsGlyphs: boolean): TemplateResult {
    const show = ({ detail }: CustomEvent<boolean>) => {
      this.store.viewState.set('glyphs', detail);
      this.requestUpdate();
    };
    return html`<vt-checkbox .checked=${showsGlyphs} @change=${show}>${t('show spaces and line breaks')}</vt-checkbox>`;
  }

  #compare(name: string, isShown: boolean): void {
    const others = this.others.filter((other) => other !== name);
    this.#show(isShown ? [...others, name] : others);
  }

  #show(others: readonly string[]): void {
    this.others = others;
    this.store.viewState.set('tokens.vocabularies', others.join());
  }

  #details(own: VocabularyText, text: string): TemplateResult {
    const shown = this.#places.shown(this.#texts.value ?? []);
    const select = ({ detail }: CustomEvent<number>) => this.#places.choose({ read: own, position: detail });
    return html`<div class="details">
      <section>
        ${
          !shown
            ? html`<p class="dim">${t('Point at a token to see its id, its bytes and the merges that built it; click to keep it.')}</p>`
            : html`<vt-token-card .store=${this.store} .read=${shown.read} .text=${text} .position=${shown.position} .isAlone=${this.others.length === 0}></vt-token-card>`
        }
      </section>
      <vt-costly-words .text=${text} .read=${own} @token-select=${select}></vt-costly-words>
    </div>`;
  }
}

/** A chat whose text begins later. @param isOfModel whether its control tokens are those of the vocabulary that reads it */
function chatFrom({ parts, control }: SubjectChat, start: number, isOfModel: boolean): SubjectChat {
  return {
    parts: parts.map((part) => ({ ...part, start: part.start - start, end: part.end - start })),
    control: isOfModel ? control : [],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-tokens-view': TokensViewElement;
  }
}
