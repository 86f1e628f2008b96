import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';
import { base } from './styles';

/** Whether the inspector keeps its text, or follows the editor: a button that is pressed or not. */
@customElement('vt-pin')
export class PinElement extends StoreElement {
  static override styles = [
    base,
    css`
      :host { flex: none; display: flex; }
      button {
        display: flex;
        padding: 3px;
        color: inherit;
        background: none;
        border: 1px solid transparent;
        border-radius: 3px;
        cursor: pointer;
      }
      button:hover { background: var(--vscode-toolbar-hoverBackground, var(--vscode-list-hoverBackground)); }
      [aria-pressed='true'] {
        color: var(--vscode-inputOption-activeForeground, inherit);
        background: var(--vscode-inputOption-activeBackground, transparent);
        border-color: var(--vscode-inputOption-activeBorder, var(--accent));
      }
      svg { width: 16px; height: 16px; fill: none; stroke: currentcolor; stroke-linejoin: round; stroke-linecap: round; }
      [aria-pressed='false'] svg { rotate: 45deg; }
      [aria-pressed='true'] path { fill: currentcolor; }
    `,
  ];

  override render(): TemplateResult {
    const { isPinned } = this.store.state;
    const explained = isPinned
      ? t(
          'Pinned: the inspector keeps this text, whatever you select in the editor. Click to have it follow the editor.',
        )
      : t(
          'The inspector follows the editor: it shows what is selected there, or the text with the cursor. Click to keep this text.',
        );
    return html`<button
      aria-label=${t('Pin')}
      aria-pressed=${isPinned}
      title=${explained}
      @click=${() => this.store.setPinned(!isPinned)}
    ><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5.5 1.5h5M6.5 1.5v5L4 9.5h8l-2.5-3v-5z" /><line x1="8" y1="9.5" x2="8" y2="14.5" /></svg></button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-pin': PinElement;
  }
}
