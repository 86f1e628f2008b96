import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { ReportedHeight } from './reported-height';
import { reveal } from './reveal';
import { base } from './styles';

/** The text above a view, with its legend beside it: two slots, `text` and `legend`. */
@customElement('vt-strip')
export class StripElement extends LitElement {
  @query('.text') private accessor text!: HTMLElement;

  constructor() {
    super();
    new ReportedHeight(this, 'strip');
  }

  static override styles = [
    base,
    css`
      /* In view while all below scrolls; a third of the height at most, for what one came for is below. */
      :host {
        position: sticky;
        top: var(--bar-height, 0);
        z-index: 3;
        display: flex;
        gap: 8px 24px;
        max-height: max(33vh, 80px);
        padding: 12px 16px;
        overflow: auto;
        background: var(--vscode-editor-background);
        border-bottom: 1px solid var(--line);
      }
      /* Where the two would leave no room. */
      @media (max-height: 320px) {
        :host { position: static; }
      }
      .text { flex: 1 1 280px; min-width: 0; overflow: auto; padding: 2px; }
      .legend { flex: 0 1 280px; }
      @media (max-width: 600px) {
        :host { flex-direction: column; }
        .text { flex: 0 1 auto; min-height: 56px; }
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
