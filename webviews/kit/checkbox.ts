import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './styles';

/**
 * A box that is checked or not, and its label. It is the browser's own and not the toolkit's, which tells a change too
 * where the program sets it, and keeps the accessible name that it had first.
 *
 * Event: `change` where a person has changed it, with what it now is as `detail`.
 */
@customElement('vt-checkbox')
export class CheckboxElement extends LitElement {
  @property({ type: Boolean }) accessor checked = false;

  static override styles = [
    base,
    css`
      :host { display: inline-flex; }
      label { display: inline-flex; align-items: center; gap: 8px; cursor: pointer; }
      input {
        flex: none;
        display: grid;
        place-items: center;
        width: 18px;
        height: 18px;
        margin: 0;
        appearance: none;
        color: var(--vscode-checkbox-foreground, currentcolor);
        background: var(--vscode-checkbox-background, transparent);
        border: 1px solid var(--vscode-checkbox-border, currentcolor);
        border-radius: 3px;
        cursor: inherit;
      }
      input:checked::before {
        content: '';
        width: 5px;
        height: 10px;
        margin-bottom: 3px;
        border: solid currentcolor;
        border-width: 0 2px 2px 0;
        rotate: 45deg;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<label><input type="checkbox" .checked=${this.checked} @change=${this.#changed} /><slot></slot></label>`;
  }

  #changed({ target }: Event): void {
    this.checked = (target as HTMLInputElement).checked;
    this.dispatchEvent(new CustomEvent('change', { detail: this.checked }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-checkbox': CheckboxElement;
  }
}
