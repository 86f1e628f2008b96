import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../kit/styles';
import { t } from '../l10n';
import type { PageTheme } from './page-theme';

/** Makes the page dark or light. */
@customElement('vt-theme-switch')
export class ThemeSwitchElement extends LitElement {
  @property({ attribute: false }) accessor theme!: PageTheme;

  static override styles = [
    base,
    css`
      :host { flex: none; }
      button { font: inherit; color: inherit; background: none; border: 0; padding: 4px 8px; cursor: pointer; }
      button:hover { background: var(--vscode-toolbar-hoverBackground, var(--vscode-list-hoverBackground)); }
    `,
  ];

  override render(): TemplateResult {
    return html`<button @click=${this.#toggle}>${this.theme.isDark ? t('Light theme') : t('Dark theme')}</button>`;
  }

  #toggle(): void {
    this.theme.toggle();
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-theme-switch': ThemeSwitchElement;
  }
}
