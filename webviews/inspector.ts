import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Recording } from '../src/recording/recording';
import { tokenCount } from './kit/count-text';
import type { Height } from './kit/reported-height';
import { base } from './kit/styles';
import './export/export-menu';
import { fileName } from './export/file-name';
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
import { VIEWS } from './views/views';

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
      header small { flex: 1 1 0; min-width: 0; padding: 2px 0 4px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: end; color: var(--dim); }
      vt-export-menu { margin-inline-start: auto; }
      /* At the bottom, so that nothing moves under the pointer that switches a head off. */
      vt-ablation-notice { position: sticky; bottom: 0; z-index: 3; background: var(--vscode-editor-background); }
      h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      /* Two lines: the groups and what can be done, then the views of the group and what is read. */
      @media (max-width: ${NARROW_BAR}px) {
        header::before { content: ''; order: 1; flex-basis: 100%; }
        header small, vt-theme-switch { order: 3; padding-block: 4px; }
      }
      @media (max-width: ${MENU_WIDTH}px) {
        header small { text-align: start; }
      }
      main { flex: 1; min-width: 0; }
      /* Not by grey alone: bands of tokens are grey without it. */
      .stale { filter: grayscale(0.8) opacity(0.7); }
    `,
  ];

  /** So that the text of a view sticks below the bar. */
  readonly #bar = new ResizeObserver(([entry]) =>
    this.#setHeight({ name: 'bar', height: entry?.borderBoxSize[0]?.blockSize ?? 0 }),
  );

  constructor() {
    super();
    this.addEventListener('height', ({ detail }) => this.#setHeight(detail));
  }

  override firstUpdated(): void {
    const header = this.renderRoot.querySelector('header');
    if (header) this.#bar.observe(header);
  }

  override render(): TemplateResult {
    const { view } = this.store.state;
    const { title, render } = VIEWS[view];
    const summary = this.#summary();
    return html`
      <header>
        <h1>${t('Inspector')}</h1>
        <vt-view-bar .store=${this.store}></vt-view-bar>
        <small title=${[summary, ...this.#providerNote()].join('\n')}>${summary}</small>
        <vt-export-menu .store=${this.store} .name=${this.#fileName()} .label=${title()} .view=${this.#view}></vt-export-menu>
        ${this.pageTheme ? html`<vt-theme-switch .theme=${this.pageTheme}></vt-theme-switch>` : nothing}
      </header>
      <vt-state-banner .store=${this.store}></vt-state-banner>
      <main class=${this.store.subject?.stale ? 'stale' : ''} aria-label=${title()} @keydown=${this.#keyPressed}>
        ${render(this.store)}
      </main>
      ${this.recording ? html`<footer><vt-recording-note .store=${this.store} .recording=${this.recording}></vt-recording-note></footer>` : nothing}
      <vt-ablation-notice .store=${this.store}></vt-ablation-notice>
    `;
  }

  #setHeight({ name, height }: Height): void {
    this.style.setProperty(`--${name}-height`, `${height}px`);
  }

  readonly #view = () => this.renderRoot.querySelector('main')?.firstElementChild ?? undefined;

  #summary(): string {
    const { model, subject } = this.store.state;
    const count = subjectTokens(subject).filter(({ isShown }) => isShown).length;
    const parts = [subject?.title, model?.name, model?.provider, count > 0 && tokenCount(count)];
    return parts.filter(Boolean).join(' · ');
  }

  /** Without the document's name where a view shows other texts than its. */
  #fileName(): string {
    const { view, subject } = this.store.state;
    const isOfText = view !== 'compare' && view !== 'numbers';
    return fileName(view, isOfText ? subject?.title : undefined);
  }

  #providerNote(): string[] {
    const { model } = this.store.state;
    return model ? [`${model.provider}: ${GLOSSARY.provider()}`] : [];
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

declare global {
  interface HTMLElementTagNameMap {
    'vt-inspector': InspectorElement;
  }
}
