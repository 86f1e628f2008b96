import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { OneStop } from '../../kit/one-stop';
import { base } from '../../kit/styles';
import { subjectTokens, tokensBefore } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Branch } from './branches';

const SHOWN = 14;

interface Chip {
  position: number;
  label: string;
  id: number;
  isDrawn: boolean;
}

/** The last tokens of the text with their ids; one of the document's is selected by a click. */
@customElement('vt-token-chips')
export class TokenChipsElement extends StoreElement {
  @property({ attribute: false }) accessor path: readonly Branch[] = [];
  readonly #stops = new OneStop(this);

  static override styles = [
    base,
    css`
      ol { display: flex; flex-wrap: wrap; gap: 4px; margin: 0; padding: 0; list-style: none; }
      .chip {
        display: grid;
        padding: 0 4px;
        font: inherit;
        color: inherit;
        text-align: start;
        background: none;
        border: 1px solid var(--line);
      }
      button { cursor: pointer; }
      button:hover { background: var(--vscode-list-hoverBackground); }
      .label { font-family: var(--mono); white-space: pre; max-width: 16ch; overflow: hidden; text-overflow: ellipsis; }
      .id { color: var(--dim); font-size: 0.85em; }
      .drawn { border-bottom: 2px solid currentcolor; }
      [aria-pressed='true'] { outline: 2px solid var(--accent); }
      .hovered { outline: 1px dashed var(--accent); }
      p { margin-top: 8px; color: var(--dim); }
    `,
  ];

  override render(): TemplateResult {
    const count = this.#count;
    const chips = this.#chips();
    return html`<div
        role="toolbar"
        aria-label=${t('The last tokens, with their ids')}
        @focusin=${this.#stops.focused}
        @keydown=${this.#stops.keyPressed}
      ><ol>${chips.map((chip) => html`<li>${this.#chip(chip)}</li>`)}</ol></div>
      <p class="number">
        ${
          count > chips.length
            ? t(
                'The last {0} of {1} tokens, and their numbers.',
                chips.length,
                formatCount(count - tokensBefore(subjectTokens(this.store.subject))),
              )
            : t('Tokens, and their numbers: all that the model sees.')
        }
      </p>`;
  }

  get #count(): number {
    return (this.store.subject?.read?.ids.length ?? 0) + this.path.length;
  }

  #chips(): Chip[] {
    const ids = this.store.subject?.read?.ids ?? new Uint32Array();
    const tokens = subjectTokens(this.store.subject);
    const first = Math.max(0, this.#count - SHOWN);
    return Array.from({ length: this.#count - first }, (_, i): Chip => {
      const position = first + i;
      const drawn = this.path[position - ids.length];
      if (drawn) return { position, label: drawn.label, id: drawn.id, isDrawn: true };
      return { position, label: tokens[position]?.label ?? '', id: ids[position] ?? 0, isDrawn: false };
    });
  }

  #chip({ position, label, id, isDrawn }: Chip): TemplateResult {
    const cells = html`<span class="label">${label}</span><span class="id number">${id}</span>`;
    if (isDrawn) return html`<span class="chip drawn">${cells}</span>`;
    const { store } = this;
    return html`<button
      class="chip ${position === store.hovered ? 'hovered' : ''}"
      aria-pressed=${position === store.state.selected.token}
      @click=${() => store.selectToken(position)}
      @pointerenter=${() => store.hover(position)}
      @pointerleave=${() => store.hover(undefined)}
    >${cells}</button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-token-chips': TokenChipsElement;
  }
}
