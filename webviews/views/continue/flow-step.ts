import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../kit/styles';

/** One of the steps from text to text: its number, its name, and what stands there. Slots: `name`, and the content. */
@customElement('vt-flow-step')
export class FlowStepElement extends LitElement {
  @property({ type: Number }) accessor number = 1;

  static override styles = [
    base,
    css`
      :host { min-width: 0; position: relative; padding-top: 12px; border-top: 1px solid var(--line); }
      :host::after {
        content: '▸';
        position: absolute;
        top: -0.75em;
        right: 4px;
        padding: 0 2px;
        line-height: 1.5;
        color: var(--dim);
        background: var(--vscode-editor-background);
      }
      h2 { display: flex; align-items: center; gap: 8px; }
      i {
        flex: none;
        width: 20px;
        height: 20px;
        line-height: 18px;
        text-align: center;
        font-style: normal;
        border: 1px solid var(--accent);
        border-radius: 50%;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<section aria-labelledby="name">
      <h2 id="name"><i class="number">${this.number}</i><span><slot name="name"></slot></span></h2>
      <slot></slot>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-flow-step': FlowStepElement;
  }
}
