import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shortModelName } from '../src/display/names';
import { formatCount } from '../src/display/numbers';
import { render } from '../src/display/sentences';
import type { Recording } from '../src/recording/recording';
import { type InspectorState, type Subject, VIEWS_OF_OWN_TEXTS } from '../src/shared/inspector-api';
import { tokenCount } from './kit/count-text';
import './kit/pin';
import { bringIntoView } from './kit/bring-into-view';
import type { Height } from './kit/reported-height';
import { base } from './kit/styles';
import './export/export-menu';
import { fileName } from './export/export-menu';
import { GLOSSARY } from './glossary';
import './kit/state-banner';
import { subjectTokens } from './kit/subject-tokens';
import { t } from './l10n';
import type { PageTheme } from './recorded/page-theme';
import './recorded/recording-note';
import './recorded/theme-switch';
import { StoreElement } from './store/store-element';
import './views/attention/ablation-notice';
import { MENU_WIDTH, NARROW_BAR } from './views/view-bar';
import { renderView, VIEWS } from './views/views';

/** The inspector: the names of its views, what it is at, and the view that is chosen. */
@customElement('vt-inspector')
export class InspectorElement extends StoreElement {
  /** The theme of an exported page; undefined in the editor, which has its own. */
  @property({ attribute: false }) accessor pageTheme: PageTheme | undefined;

  /** What an exported page holds; undefined in the editor. */
  @property({ attribute: false }) accessor recording: Recording | undefined;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-direction: column; min-height: 100vh; background: var(--vscode-editor-background); }
      header {
        position: sticky;
        top: 0;
        z-index: 4;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 12px;
        padding: 0 8px;
        background: var(--vscode-editor-background);
        border-bottom: 1px solid var(--line);
      }
      /* It takes the room that the others leave, and is cut off first. */
      .read { flex: 1 1 0; min-width: 0; display: flex; justify-content: end; align-items: center; gap: 4px; padding: 2px 0 4px; }
      .read small { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--dim); }
      vt-export-menu { margin-inline-start: auto; }
      /* At the bottom, so that nothing moves under the pointer that switches a head off. */
      vt-ablation-notice { position: sticky; bottom: 0; z-index: 3; background: var(--vscode-editor-background); }
      /* Two lines: the groups and what can be done, then the views of the group and what is read. */
      @media (max-width: ${NARROW_BAR}px) {
        header::before { content: ''; order: 1; flex-basis: 100%; }
        .read, vt-theme-switch { order: 3; padding-block: 4px; }
      }
      @media (max-width: ${MENU_WIDTH}px) {
        .read { justify-content: start; }
      }
      main { flex: 1; min-width: 0; }
      /* Not by grey alone: bands of tokens are grey without it. */
      .stale { filter: grayscale(0.8) opacity(0.7); transition: filter 120ms 200ms; }
    `,
  ];

  /** So that the text of a view sticks below the bar. */
  readonly #bar = new ResizeObserver(([entry]) =>
    this.#setHeight({ name: 'bar', height: entry?.borderBoxSize[0]?.blockSize ?? 0 }),
  );

  #shownRequest: InspectorState['viewRequest'] | undefined;

  constructor() {
    super();
    this.addEventListener('height', ({ detail }) => this.#setHeight(detail));
  }

  override firstUpdated(): void {
    const header = this.renderRoot.querySelector('header');
    if (header) this.#bar.observe(header);
  }

  /** A command may ask for a place of a view at any time. */
  override updated(): void {
    const { viewRequest } = this.store.state;
    if (viewRequest === this.#shownRequest) return;
    this.#shownRequest = viewRequest;
    if (viewRequest.place !== undefined) void bringIntoView(this.renderRoot, viewRequest.place);
  }

  override render(): TemplateResult {
    const { view } = this.store.state;
    const { title } = VIEWS[view];
    return html`
      <header>
        <h1 class="unseen">${t('Inspector')}</h1>
        <vt-view-bar .store=${this.store}></vt-view-bar>
        <div class="read">
          ${this.#isOfText && this.store.subject && this.store.isLive ? html`<vt-pin .store=${this.store}></vt-pin>` : nothing}
          <small title=${[this.#summary(true), ...this.#providerNote()].join('\n')}>${this.#summary(false)}</small>
        </div>
        <vt-export-menu .store=${this.store} .name=${this.#fileName()} .label=${title()} .view=${this.#view}></vt-export-menu>
        ${this.pageTheme ? html`<vt-theme-switch .theme=${this.pageTheme}></vt-theme-switch>` : nothing}
      </header>
      <vt-state-banner .store=${this.store}></vt-state-banner>
      <main class=${this.#isStale ? 'stale' : ''} aria-label=${title()} @keydown=${this.#keyPressed}>
        ${renderView(this.store)}
      </main>
      ${this.recording ? html`<footer><vt-recording-note .store=${this.store} .recording=${this.recording}></vt-recording-note></footer>` : nothing}
      <vt-ablation-notice .store=${this.store}></vt-ablation-notice>
    `;
  }

  #setHeight({ name, height }: Height): void {
    this.style.setProperty(`--${name}-height`, `${height}px`);
  }

  readonly #view = () => this.renderRoot.querySelector('main')?.firstElementChild ?? undefined;

  /** @param isWhole with the model's whole name */
  #summary(isWhole: boolean): string {
    const { model, subject } = this.store.state;
    const shown = this.#isOfText ? subject : undefined;
    const count = subjectTokens(shown).filter(({ isShown }) => isShown).length;
    const name = model && (isWhole ? model.name : shortModelName(model.name));
    const parts = [shown?.title, linesText(shown), name, model?.provider, count > 0 && tokenCount(count)];
    return parts.filter(Boolean).join(' · ');
  }

  /** Compare and Numbers show texts of their own: they do not grow stale with the document, and files are not named after it. */
  get #isOfText(): boolean {
    return !VIEWS_OF_OWN_TEXTS.includes(this.store.state.view);
  }

  /** What a model is made of is not the text's, whatever it costs there. */
  get #isStale(): boolean {
    const { view, subject } = this.store.state;
    return this.#isOfText && view !== 'anatomy' && subject?.stale === true;
  }

  #fileName(): string {
    const { view, subject } = this.store.state;
    return fileName(view, this.#isOfText ? subject?.title : undefined);
  }

  #providerNote(): string[] {
    const { model } = this.store.state;
    if (!model) return [];
    return [model.server ? render(model.providerNote, t) : `${model.provider}: ${GLOSSARY.provider()}`];
  }

  /** Where a command has put one text into Compare, the field of the other; else the name of the view that is shown. */
  override focus(): void {
    const { view, viewRequest } = this.store.state;
    const compare = this.renderRoot.querySelector('vt-compare-view');
    if (view === 'compare' && viewRequest.texts?.length === 1 && compare) void compare.focusEmpty();
    else this.renderRoot.querySelector('vt-view-bar')?.focus();
  }

  /** Escape unselects the token. */
  #keyPressed(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.store.state.selected.token !== undefined)
      this.store.select({ token: undefined });
  }
}

function linesText(subject: Subject | undefined): string {
  if (!subject?.lines) return '';
  const { first, last } = subject.lines;
  return first === last ? t('line {0}', formatCount(first)) : t('lines {0}–{1}', formatCount(first), formatCount(last));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-inspector': InspectorElement;
  }
}
