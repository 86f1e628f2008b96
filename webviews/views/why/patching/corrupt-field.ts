import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { tokenCount } from '../../../kit/count-text';
import { base } from '../../../kit/styles';
import type { TokenText } from '../../../kit/subject-tokens';
import { textArea } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import type { CleanText } from './clean-text';
import { type CorruptText, fillsFor } from './corrupt-text';
import type { Fill } from './fills';

/** A pause in typing after which the text is taken. */
const REST_MS = 350;
/** Places where the texts differ that are listed. */
const LISTED = 6;

/** The corrupt text, to be written, where it differs from the clean one, and others that would do. Event: `text-change` with the text. */
@customElement('vt-corrupt-field')
export class CorruptFieldElement extends StoreElement {
  @property({ attribute: false }) accessor clean!: CleanText;
  @property({ attribute: false }) accessor corrupt: CorruptText | undefined;
  @property() accessor text = '';
  @property({ attribute: false }) accessor suggested: readonly Fill[] = [];
  #rest: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    base,
    css`
      .text-area { width: 100%; }
      .line { display: flex; flex-wrap: wrap; gap: 4px 12px; margin-top: 4px; }
      .mono { white-space: pre; }
      .chips { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 8px; margin-top: 4px; }
      button { padding: 0 6px; font: inherit; color: inherit; background: none; border: 1px solid var(--line); cursor: pointer; }
      button:hover { background: var(--vscode-list-hoverBackground); }
      p { max-width: none; margin-top: 4px; }
    `,
  ];

  #fills = new Task(this, {
    args: () => [this.corrupt] as const,
    task: async ([corrupt]) => (corrupt ? fillsFor(this.store, this.clean, corrupt) : []),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  override render(): TemplateResult {
    const label = t('Corrupt text: the same with another word, of as many tokens');
    return html`<div class="no-picture">${textArea({ label, value: this.text, typed: this.#typed }, 2)}</div>
      ${this.corrupt ? this.#state(this.corrupt) : nothing}
      ${this.#chips(t('Suggestions'), this.suggested)}`;
  }

  #state(corrupt: CorruptText): TemplateResult | typeof nothing {
    const { alignment } = corrupt;
    switch (alignment.kind) {
      case 'same':
        return html`<p role="status">${t('Both texts are the same. Put another word in the place of one, or take a suggestion.')}</p>`;
      case 'aligned':
        return html`<p>${t('{0} each; they differ at', tokenCount(corrupt.ids.length))} ${this.#differences(alignment.differing)}</p>`;
      case 'unequal':
        return this.#unequal(corrupt);
    }
  }

  #differences(positions: readonly number[]): TemplateResult {
    const more = positions.length - LISTED;
    const pair = (position: number) =>
      this.#pair(label(this.clean.tokens, position), label(this.corrupt?.tokens, position));
    return html`${positions.slice(0, LISTED).map((position, i) => html`${i > 0 ? ', ' : ''}${position + 1}: ${pair(position)}`)}${more > 0 ? html` ${t('and {0} more', more)}` : nothing}.`;
  }

  #pair(one: string, other: string): TemplateResult {
    return html`<span class="mono">${one} → ${other}</span>`;
  }

  #unequal(corrupt: CorruptText): TemplateResult | typeof nothing {
    const { alignment } = corrupt;
    if (alignment.kind !== 'unequal') return nothing;
    const part = (tokens: readonly TokenText[], { from, to }: { from: number; to: number }) =>
      from === to
        ? t('nothing')
        : `“${tokens
            .slice(from, to)
            .map(({ text }) => text)
            .join('')
            .trim()}”`;
    const said = t(
      'They cannot be laid beside each other: the clean text has {0}, this one {1}. Where the clean text has {2} ({3}), this one has {4} ({5}).',
      tokenCount(this.clean.ids.length),
      tokenCount(corrupt.ids.length),
      part(this.clean.tokens, alignment.clean),
      tokenCount(alignment.clean.to - alignment.clean.from),
      part(corrupt.tokens, alignment.corrupt),
      tokenCount(alignment.corrupt.to - alignment.corrupt.from),
    );
    const fills = this.#fills.value ?? [];
    return html`<p role="alert">${said} ${t('One patch, from any place into any other, can be made all the same: below.')}</p>${this.#chips(t('With as many tokens'), fills)}`;
  }

  #chips(title: string, fills: readonly Fill[]): TemplateResult | typeof nothing {
    const others = fills.filter(({ text }) => text !== this.text);
    if (others.length === 0) return nothing;
    return html`<div class="chips no-picture">
      <span class="dim">${title}</span>
      ${others.map(({ from, to, text }) => html`<button @click=${() => this.#tell(text)}>${to === '' ? from : this.#pair(from, to)}</button>`)}
    </div>`;
  }

  readonly #typed = (text: string): void => {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#tell(text), REST_MS);
  };

  #tell(text: string): void {
    clearTimeout(this.#rest);
    this.dispatchEvent(new CustomEvent('text-change', { detail: text }));
  }
}

const label = (tokens: readonly TokenText[] | undefined, position: number): string => tokens?.[position]?.label ?? '';

declare global {
  interface HTMLElementTagNameMap {
    'vt-corrupt-field': CorruptFieldElement;
  }
}
