import { Task } from '@lit/task';
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { candidateLabels } from '../../kit/candidate-label';
import { OneStop } from '../../kit/one-stop';
import { base } from '../../kit/styles';
import { subjectTokens, tokensBefore } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Branch } from './branches';
import type { Place } from './place';
import { askedModelOf } from './writer';

const SHOWN = 14;

interface Chip {
  position: number;
  label: string;
  id: number;
  isDrawn: boolean;
  /** Whether it is no token that the inspector shows, and cannot be selected. */
  isFixed: boolean;
}

/** The last tokens of the text with their ids; one of the document's is selected by a click. */
@customElement('vt-token-chips')
export class TokenChipsElement extends StoreElement {
  @property({ attribute: false }) accessor path: readonly Branch[] = [];
  /** Undefined until a model has read the text. */
  @property({ attribute: false }) accessor place: Place | undefined;
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

  /** Of a writer that reads other tokens than the inspector shows, the last of them. */
  readonly #others = new Task(this, {
    args: () => [this.place] as const,
    task: async ([place]): Promise<Chip[]> => {
      if (!place || place.areAsShown) return [];
      const first = Math.max(0, place.ids.length - SHOWN);
      const last = place.ids.slice(first);
      const labels = await candidateLabels(this.store.lenses, last, askedModelOf(place.writer));
      return last.map((id, i) => ({
        position: first + i,
        label: labels.get(id) ?? '',
        id,
        isFixed: true,
        isDrawn: false,
      }));
    },
  });

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
                formatCount(
                  this.place?.areAsShown === false ? count : count - tokensBefore(subjectTokens(this.store.subject)),
                ),
              )
            : t('Tokens, and their numbers: all that the model sees.')
        }
      </p>`;
  }

  get #count(): number {
    const { place } = this;
    if (place && !place.areAsShown) return place.ids.length;
    return (this.store.subject?.read?.ids.length ?? 0) + this.path.length;
  }

  #chips(): Chip[] {
    if (this.place && !this.place.areAsShown) return this.#others.value ?? [];
    const ids = this.store.subject?.read?.ids ?? new Uint32Array();
    const tokens = subjectTokens(this.store.subject);
    const first = Math.max(0, this.#count - SHOWN);
    return Array.from({ length: this.#count - first }, (_, i): Chip => {
      const position = first + i;
      const drawn = this.path[position - ids.length];
      if (drawn) return { position, label: drawn.label, id: drawn.id, isDrawn: true, isFixed: true };
      return { position, label: tokens[position]?.label ?? '', id: ids[position] ?? 0, isDrawn: false, isFixed: false };
    });
  }

  #chip({ position, label, id, isDrawn, isFixed }: Chip): TemplateResult {
    const cells = html`<span class="label">${label}</span><span class="id number">${id}</span>`;
    if (isFixed) return html`<span class="chip ${isDrawn ? 'drawn' : ''}">${cells}</span>`;
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
