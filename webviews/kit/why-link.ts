import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../l10n';
import type { ViewStore } from '../store/view-store';
import { base } from './styles';

/** Beside what a view says of a token: goes to the view that says why that token. Nothing of the first, which nothing predicts, and of a model that does not show what its layers do. */
@customElement('vt-why-link')
export class WhyLinkElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ type: Number }) accessor position = 0;

  static override styles = [
    base,
    css`
      :host { display: inline; }
      button { padding: 0; font: inherit; font-weight: normal; color: var(--vscode-textLink-foreground); background: none; border: 0; cursor: pointer; }
      button:hover { text-decoration: underline; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { state, isLive } = this.store;
    if (this.position === 0 || !isLive || !state.model?.capabilities.hasResidualStream) return nothing;
    return html`<button class="no-picture" @click=${this.#go}>${t('Why this token')}</button>`;
  }

  readonly #go = (): void => {
    this.store.select({ token: this.position });
    this.store.show('why');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-why-link': WhyLinkElement;
  }
}
