import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { formatWeight } from './attention-scope';

/** The end of a scale that is not 100 %, in large figures: the strongest weight that is drawn. */
@customElement('vt-strongest-mark')
export class StrongestMarkElement extends LitElement {
  @property({ type: Number }) accessor weight = 0;

  static override styles = [
    base,
    css`
      :host { display: inline-flex; align-items: baseline; gap: 4px; white-space: nowrap; }
      b { font-size: var(--vscode-font-size, 13px); font-weight: 600; color: var(--vscode-editor-foreground); }
    `,
  ];

  override render(): TemplateResult {
    return html`<span>${t('strongest:')}</span> <b class="number">${formatWeight(this.weight)}</b>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-strongest-mark': StrongestMarkElement;
  }
}
