import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../kit/toolkit';
import { t } from '../l10n';
import type { PageTheme } from './page-theme';

/** Makes the page dark or light. */
@customElement('vt-theme-switch')
export class ThemeSwitchElement extends LitElement {
  @property({ attribute: false }) accessor theme!: PageTheme;

  override render(): TemplateResult {
    return html`<vscode-button appearance="secondary" @click=${this.#toggle}
      >${this.theme.isDark ? t('Light theme') : t('Dark theme')}</vscode-button
    >`;
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
