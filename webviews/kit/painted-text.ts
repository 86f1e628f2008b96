import { type CSSResultGroup, css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import './chat-legend';
import './strip';
import { base } from './styles';
import { subjectTokens } from './subject-tokens';
import './token-text';
import type { ViewStore } from '../store/view-store';
import type { TokenPaint } from './token-text';

/** The text above a view, in the paint of whoever extends this; a token that is selected is scrolled into view. */
export abstract class PaintedTextElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ attribute: false }) accessor selected: number | undefined;
  /** What follows the pointer. */
  @property({ attribute: false }) accessor hovered: number | undefined;

  static override styles: CSSResultGroup = [
    base,
    css`
      /* The strip sticks as long as the view goes on, and not only where this element is. */
      :host { display: contents; }
      /* Of one height whatever the paint: the switch below stays where it is. */
      .legend { min-height: 112px; }
      .note { margin-top: 4px; font-size: 0.85em; color: var(--dim); }
    `,
  ];

  override updated(changed: PropertyValues): void {
    if (changed.has('selected')) void this.reveal(this.selected);
  }

  protected strip(
    label: string,
    paint: readonly TokenPaint[],
    describe: (position: number) => string,
    legend: TemplateResult,
  ): TemplateResult {
    const { store } = this;
    const tokens = subjectTokens(store.subject);
    return html`<vt-strip>
      <vt-token-text
        slot="text"
        label=${label}
        .tokens=${tokens}
        .paint=${paint}
        .selected=${this.selected}
        .hovered=${this.hovered}
        .describe=${describe}
        @token-hover=${(event: CustomEvent<number | null>) => store.hover(event.detail)}
        @token-select=${(event: CustomEvent<number>) => store.selectToken(event.detail)}
      ></vt-token-text>
      <div slot="legend" class="legend">${legend}<vt-chat-legend .tokens=${tokens}></vt-chat-legend></div>
    </vt-strip>`;
  }

  protected async reveal(position: number | undefined): Promise<void> {
    const text = this.renderRoot.querySelector('vt-token-text');
    await text?.updateComplete;
    const element = text?.elementAt(position);
    if (element) this.renderRoot.querySelector('vt-strip')?.reveal(element);
  }
}
