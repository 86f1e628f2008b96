import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Term } from '../../glossary';
import { base } from '../../kit/styles';
import '../../kit/term';

/** A whole number that is typed, under a term. Event: `number-change` with the number, where it is one. */
@customElement('vt-number-field')
export class NumberFieldElement extends LitElement {
  @property() accessor term: Term = 'token';
  @property() accessor label = '';
  @property({ type: Number }) accessor value = 0;
  @property({ type: Number }) accessor least = 0;
  @property({ type: Number }) accessor most = Number.MAX_SAFE_INTEGER;

  static override styles = [
    base,
    css`
      :host { display: inline-block; }
      label { display: flex; align-items: center; gap: 8px; margin-inline: 8px; }
      input {
        width: 9ch;
        height: 26px;
        padding: 0 4px;
        font: inherit;
        color: var(--vscode-input-foreground, inherit);
        background: var(--vscode-input-background, transparent);
        border: 1px solid var(--vscode-settings-textInputBorder, var(--line));
      }
    `,
  ];

  override render(): TemplateResult {
    const { term, label, value, least, most } = this;
    return html`<label
      ><vt-term name=${term}>${label}</vt-term>
      <input type="number" min=${least} max=${most} step="1" aria-label=${label} .value=${`${value}`} @input=${this.#typed}
    /></label>`;
  }

  #typed(event: Event): void {
    const { value, valueAsNumber: detail } = event.target as HTMLInputElement;
    if (value === '' || !Number.isSafeInteger(detail) || detail < this.least || detail > this.most) return;
    this.dispatchEvent(new CustomEvent('number-change', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-number-field': NumberFieldElement;
  }
}
