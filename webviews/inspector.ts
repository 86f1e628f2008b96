import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ViewName } from '../src/shared/inspector-api';
import { formatCount } from '../src/shared/numbers';
import { WHOLE_TOKENS } from '../src/shared/recording';
import { base } from './kit/styles';
import './export/export-menu';
import './kit/state-banner';
import { subjectTokens } from './kit/subject-tokens';
import './kit/tabs';
import { t } from './l10n';
import type { PageTheme } from './recorded/page-theme';
import './recorded/theme-switch';
import { StoreElement } from './store/store-element';
import './views/attention/ablation-notice';
import { VIEW_LIST } from './views/views';

/** The inspector: the names of its views, what it is at, and the view that is chosen. */
@customElement('vt-inspector')
export class InspectorElement extends StoreElement {
  /** Of a page that no editor gives a theme. */
  @property({ attribute: false }) accessor pageTheme: PageTheme | undefined;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-direction: column; min-height: 100vh; background: var(--vscode-editor-background); }
      header {
        position: sticky;
        top: 0;
        z-index: 2;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 8px;
        padding: 0 8px;
        background: var(--vscode-editor-background);
        border-bottom: 1px solid var(--line);
      }
      vt-tabs { flex: 1 1 0; }
      .about { order: 1; flex: 0 1 auto; display: flex; justify-content: space-between; align-items: baseline; min-width: 0; }
      .about small { padding: 2px 8px 4px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--dim); }
      vt-ablation-notice { order: 2; flex: 1 0 100%; }
      h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      main { flex: 1; min-width: 0; }
      .stale { filter: grayscale(0.8); }
      footer { display: flex; flex-wrap: wrap; gap: 0 1ch; padding: 16px; font-size: 0.9em; color: var(--dim); }
      /* Names of views come first: the summary goes below them. */
      @media (max-width: 940px) {
        .about { flex-basis: 100%; }
      }
    `,
  ];

  override render(): TemplateResult {
    const view = VIEW_LIST.find(({ name }) => name === this.store.state.view) ?? VIEW_LIST[0];
    return html`
      <header>
        <h1>${t('Inspector')}</h1>
        <vt-tabs
          .options=${VIEW_LIST.map(({ name, title }) => ({ value: name, label: title() }))}
          .value=${view?.name ?? ''}
          label=${t('Views of the inspector')}
          @choose=${(event: CustomEvent<string>) => this.store.show(event.detail as ViewName)}
        ></vt-tabs>
        <vt-export-menu .store=${this.store} .name=${view?.name ?? ''} .label=${view?.title() ?? ''} .view=${this.#view}></vt-export-menu>
        <div class="about">
          <small>${this.#summary()}</small>
          ${this.pageTheme ? html`<vt-theme-switch .theme=${this.pageTheme}></vt-theme-switch>` : nothing}
        </div>
        <vt-ablation-notice .store=${this.store}></vt-ablation-notice>
      </header>
      <vt-state-banner .store=${this.store}></vt-state-banner>
      <main class=${this.store.subject?.stale ? 'stale' : ''} aria-label=${view?.title() ?? ''} @keydown=${this.#keyPressed}>
        ${view?.render(this.store)}
      </main>
      ${this.store.isLive ? nothing : this.#recordingNote()}
    `;
  }

  readonly #view = () => this.renderRoot.querySelector('main')?.firstElementChild ?? undefined;

  #recordingNote(): TemplateResult {
    const isPooled = (this.store.subject?.read?.ids.length ?? 0) > WHOLE_TOKENS;
    return html`<footer>
      <p>${t('What a model made of a text, recorded: neither the model nor a network is needed. Attention weights are rounded to 12 bits.')}</p>
      ${isPooled ? html`<p>${t('The text is long: most heads are recorded as blocks of tokens.')}</p>` : nothing}
    </footer>`;
  }

  #summary(): string {
    const { model, subject } = this.store.state;
    const count = subjectTokens(subject).filter(({ isShown }) => isShown).length;
    const tokens = count === 1 ? t('1 token') : t('{0} tokens', formatCount(count));
    const parts = [subject?.title, model?.name, model?.provider, count > 0 && tokens];
    return parts.filter(Boolean).join(' · ');
  }

  /** Escape lets go of what is locked. */
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
