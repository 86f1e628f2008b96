import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { reveal } from './reveal';
import { base } from './styles';

/** The text above a view, with its legend beside it: two slots, `text` and `legend`. */
@customElement('vt-strip')
export class StripElement extends LitElement {
  @query('.text') private accessor text!: HTMLElement;

  static override styles = [
    base,
    css`
      /* A third of the height at most: what one came for is below. */
      :host { display: flex; gap: 8px 24px; max-height: 33vh; padding: 12px 16px; overflow: auto; border-bottom: 1px solid var(--line); }
      .text { flex: 1 1 280px; min-width: 0; overflow: auto; padding: 2px; }
      .legend { flex: 0 1 280px; }
      @media (max-width: 600px) {
        :host { flex-direction: column; }
        .text { flex: 0 1 auto; min-height: 60px; }
        .legend { flex: none; }
      }
    `,
  ];

  /** Scrolls the text, and nothing around it, until a part of it is in view. */
  reveal(part: Element): void {
    reveal(this.text, part);
  }

  override render(): TemplateResult {
    return html`<div class="text"><slot name="text"></slot></div><div class="legend"><slot name="legend"></slot></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-strip': StripElement;
  }
}
