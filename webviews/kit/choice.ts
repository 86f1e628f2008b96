import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './styles';

export interface Option {
  value: string;
  label: string;
  /** What the label means, on hover. */
  title?: string;
  /** Why it cannot be chosen, on hover. */
  absence?: string | undefined;
}

/** One of a few, all in view. Event: `choose` with the value as `detail`. */
@customElement('vt-choice')
export class ChoiceElement extends LitElement {
  @property({ attribute: false }) accessor options: readonly Option[] = [];
  @property() accessor value = '';
  @property() accessor label = '';

  static override styles = [
    base,
    css`
      :host { display: inline-block; }
      fieldset { display: inline-flex; flex-wrap: wrap; margin: 0; padding: 0; border: 1px solid var(--line); }
      input { position: absolute; opacity: 0; }
      label { padding: 2px 8px; cursor: pointer; }
      label:not(:has(:disabled)):hover { background: var(--vscode-list-hoverBackground); }
      label:has(:checked) {
        color: var(--vscode-list-activeSelectionForeground);
        background: var(--vscode-list-activeSelectionBackground);
        outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      label:has(:disabled) { color: var(--vscode-disabledForeground, var(--dim)); cursor: default; }
      label:has(:focus-visible) { outline: 1px solid var(--accent); outline-offset: -1px; }
    `,
  ];

  override render(): TemplateResult {
    return html`<fieldset><legend class="unseen">${this.label}</legend>${this.options.map((option) => this.#option(option))}</fieldset>`;
  }

  #option({ value, label, absence, title = absence ?? '' }: Option): TemplateResult {
    const choose = () =>
      this.dispatchEvent(new CustomEvent('choose', { detail: value, bubbles: true, composed: true }));
    return html`<label title=${title || nothing}
      ><input type="radio" name="choice" aria-description=${title || nothing} ?disabled=${absence !== undefined} .checked=${value === this.value} @change=${choose} />${label}</label
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-choice': ChoiceElement;
  }
  interface HTMLElementEventMap {
    choose: CustomEvent<string>;
  }
}
