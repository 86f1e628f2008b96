import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import type { Hue } from '../../../src/shared/inspector-api';
import '../../kit/bars';
import type { Bar } from '../../kit/bars';
import { candidateLabels } from '../../kit/candidate-label';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { button, textField } from '../../kit/toolkit';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import { type FirstToken, firstTokenOf } from './first-token';

/** A token in a sentence that opens a card with others to put in its place. Event: `choose` with the id of one. */
@customElement('vt-token-choice')
export class TokenChoiceElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property() accessor label = '';
  /** What choosing another is for. */
  @property() accessor heading = '';
  @property() accessor hue: Hue = 'blue';
  @property({ attribute: false }) accessor bars: readonly Bar[] = [];
  @property({ attribute: false }) accessor end = 1;
  /** Whether a typed word begins with a space, as the token does. */
  @property({ type: Boolean }) accessor spaced = false;
  @state() private accessor note = '';
  @query('[popover]') private accessor card!: HTMLElement;
  @query('.opener') private accessor opener!: HTMLElement;
  #word = '';

  static override styles = [
    base,
    css`
      :host { display: inline; font: inherit; }
      .opener {
        max-width: 100%;
        padding: 0 4px;
        font: inherit;
        font-family: var(--mono);
        color: inherit;
        background: none;
        border: 0;
        border-bottom: 3px solid;
        cursor: pointer;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .opener:hover { background: var(--vscode-list-hoverBackground); }
      .opener small { color: var(--dim); font-family: var(--vscode-font-family, sans-serif); }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        width: min(360px, calc(100vw - 16px));
        max-height: 60vh;
        overflow: auto;
        padding: 8px 12px;
        font-size: var(--vscode-font-size, 13px);
        line-height: 1.5;
        color: var(--vscode-editorHoverWidget-foreground, inherit);
        background: var(--vscode-editorHoverWidget-background, Canvas);
        border: 1px solid var(--vscode-editorHoverWidget-border, var(--line));
      }
      .field { display: flex; align-items: end; gap: 8px; margin-bottom: 8px; }
      .text-field { flex: 1; min-width: 0; }
    `,
  ];

  override render(): TemplateResult {
    const colour = this.store.theme.mark(this.hue)(1);
    return html`<button
        class="opener"
        aria-haspopup="dialog"
        title=${this.heading}
        ${styled({ 'border-bottom-color': cssColour(colour) })}
        ?disabled=${!this.store.isLive}
        @click=${this.#open}
      ><bdi>${this.label}</bdi>${this.store.isLive ? html`<small class="no-picture" aria-hidden="true"> ▾</small>` : nothing}</button
      ><div popover role="dialog" aria-label=${this.heading} @toggle=${this.#toggled}>
        <div class="field" @keydown=${this.#keyPressed}>
          ${textField({ label: this.heading, placeholder: t('a word'), typed: this.#typed })}
          ${button(t('Ask'), () => this.#ask(), { isPrimary: true })}
        </div>
        <p role="status">${this.note}</p>
        <vt-bars
          selectable
          label=${t('The most probable tokens')}
          .bars=${this.bars}
          .end=${this.end}
          .theme=${this.store.theme}
          @bar-select=${({ detail }: CustomEvent<number>) => this.#choose(detail)}
        ></vt-bars>
      </div>`;
  }

  readonly #typed = (text: string): void => {
    this.#word = text;
  };

  #open(): void {
    this.card.showPopover();
    const { left, bottom } = this.opener.getBoundingClientRect();
    this.card.style.left = `${Math.max(4, Math.min(left, window.innerWidth - this.card.offsetWidth - 4))}px`;
    this.card.style.top = `${bottom + 4}px`;
    this.card.querySelector<HTMLElement>('.text-field')?.focus();
  }

  #toggled({ newState }: ToggleEvent): void {
    if (newState === 'closed') this.note = '';
  }

  #keyPressed({ key }: KeyboardEvent): void {
    if (key === 'Enter') void this.#ask();
  }

  /** Of a word that is several tokens, the first can stand at one place. */
  async #ask(): Promise<void> {
    if (this.#word === '') return;
    const first = await firstTokenOf(this.store.host, this.#word, this.spaced);
    if (!first) {
      this.note = t('The vocabulary holds nothing of that.');
      return;
    }
    this.#choose(first.id);
    if (first.count > 1) await this.#explain(first);
  }

  async #explain({ id, count }: FirstToken): Promise<void> {
    const labels = await candidateLabels(this.store.lenses, [id]);
    this.note = t('That is {0} tokens; its first is {1}.', count, labels.get(id) ?? '');
    this.card.showPopover();
  }

  #choose(id: number): void {
    this.card.hidePopover();
    this.opener.focus();
    this.dispatchEvent(new CustomEvent('choose', { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-token-choice': TokenChoiceElement;
  }
}
