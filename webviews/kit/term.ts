import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { GLOSSARY, type Term } from '../glossary';
import { base } from './styles';

/** A term that explains itself on hover, focus and tap. */
@customElement('vt-term')
export class TermElement extends LitElement {
  @property() accessor name: Term = 'token';
  @query('[popover]') private accessor card!: HTMLElement;

  static override styles = [
    base,
    css`
      :host { display: inline; font: inherit; color: inherit; }
      button {
        font: inherit;
        color: inherit;
        background: none;
        border: 0;
        padding: 0;
        cursor: help;
        text-align: inherit;
        text-decoration: underline dotted color-mix(in srgb, currentcolor 50%, transparent);
        text-underline-offset: 3px;
      }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        max-width: min(36ch, calc(100vw - 16px));
        padding: 4px 8px;
        font-weight: 400;
        font-size: var(--vscode-font-size, 13px);
        color: var(--vscode-editorHoverWidget-foreground, inherit);
        background: var(--vscode-editorHoverWidget-background, Canvas);
        border: 1px solid var(--vscode-editorHoverWidget-border, var(--line));
        white-space: normal;
        text-align: start;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<button
        aria-describedby="card"
        @pointerenter=${this.#open}
        @pointerleave=${this.#close}
        @focus=${this.#open}
        @blur=${this.#close}
        @click=${this.#open}
        @keydown=${this.#keyPressed}
      ><slot></slot></button
      ><span popover="manual" id="card" role="tooltip">${GLOSSARY[this.name]()}</span>`;
  }

  #open(): void {
    this.card.showPopover();
    const { left, bottom, top } = this.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.card;
    const below = bottom + 4 + offsetHeight <= window.innerHeight;
    this.card.style.left = `${Math.max(4, Math.min(left, window.innerWidth - offsetWidth - 4))}px`;
    this.card.style.top = `${below ? bottom + 4 : Math.max(4, top - 4 - offsetHeight)}px`;
  }

  #close(): void {
    this.card.hidePopover();
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.card.matches(':popover-open')) return;
    event.stopPropagation();
    this.#close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-term': TermElement;
  }
}
