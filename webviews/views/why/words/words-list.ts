import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatNatsChange } from '../../../../src/display/numbers';
import { signedShare } from '../../../../src/display/scales';
import type { Subject } from '../../../../src/shared/inspector-api';
import { OneStop } from '../../../kit/one-stop';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { around } from './around';
import { signed } from './change-scale';
import { partText, type TextPart } from './parts';
import { keyOf } from './refinement';

const LISTED = 12;
const LISTED_INSIDE = 8;

/** Parts of a text ranked by what the answer loses without each. Event: `part-toggle` with the part that is opened or closed. */
@customElement('vt-words-list')
export class WordsListElement extends StoreElement {
  /** Those of the first level. */
  @property({ attribute: false }) accessor parts: readonly TextPart[] = [];
  @property({ attribute: false }) accessor partsIn: (part: TextPart) => readonly TextPart[] = () => [];
  /** By key, in nats. */
  @property({ attribute: false }) accessor changes: ReadonlyMap<string, number> = new Map();
  /** How many are known, and below how many are open: both change as the maps and sets stay. */
  @property({ type: Number }) accessor known = 0;
  /** Keys of the parts that are open. */
  @property({ attribute: false }) accessor opened: ReadonlySet<string> = new Set();
  @property({ type: Number }) accessor openedCount = 0;
  /** Where the scale ends, in nats. */
  @property({ type: Number }) accessor end = 1;
  @property() accessor label = '';
  @state() private accessor isWhole = false;
  readonly #stops = new OneStop(this, 'button.row');

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      ol { list-style: none; margin: 0; padding: 0; }
      ol ol { margin-inline-start: 28px; }
      .row { display: grid; grid-template-columns: 3ch minmax(48px, 132px) 6ch minmax(0, 1fr); gap: 0 8px; align-items: center; width: 100%; min-height: 24px; padding: 0; font: inherit; color: inherit; text-align: start; background: none; border: 0; }
      button.row { cursor: pointer; }
      .row:hover { background: var(--vscode-list-hoverBackground); }
      .name { color: var(--dim); text-align: end; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .length { display: block; height: 12px; min-width: 1px; }
      .track { box-shadow: inset 1px 0 0 var(--line); }
      .value { text-align: end; white-space: nowrap; }
      .text { min-width: 0; font-family: var(--mono); overflow: hidden; text-overflow: ellipsis; white-space: pre; }
      [aria-expanded='true'] .text { white-space: pre-wrap; overflow-wrap: anywhere; }
      .row > .text::before { content: '▸'; display: inline-block; width: 2ch; color: var(--dim); font-family: var(--vscode-font-family, sans-serif); }
      [aria-expanded='true'] > .text::before { content: '▾'; }
      .leaf > .text::before { content: ''; }
      .more { margin: 4px 0 4px 28px; }
      @container (max-width: 460px) {
        .row { grid-template-columns: 3ch minmax(0, 1fr) 7ch; padding-block: 2px; }
        .text { grid-column: 2 / -1; }
        ol ol { margin-inline-start: 16px; }
      }
    `,
  ];

  override render(): TemplateResult {
    const parts = this.#ranked(this.parts);
    const listed = this.isWhole ? parts : parts.slice(0, LISTED);
    const showAll = () => {
      this.isWhole = true;
    };
    return html`<div @focusin=${this.#stops.focused} @keydown=${this.#stops.keyPressed} @pointerleave=${() => this.store.hover(undefined)}>
        <ol aria-label=${this.label}>${listed.map((part) => this.#item(part))}</ol>
      </div>
      ${parts.length > listed.length ? html`<div class="more">${button(t('Show all {0}', parts.length), showAll)}</div>` : nothing}`;
  }

  /** Those that are tried, by what they do. */
  #ranked(parts: readonly TextPart[]): TextPart[] {
    const size = (part: TextPart) => Math.abs(this.changes.get(keyOf(part)) ?? 0);
    const isKnown = (part: TextPart) => !Number.isNaN(this.changes.get(keyOf(part)) ?? Number.NaN);
    return parts.filter(isKnown).toSorted((one, other) => size(other) - size(one));
  }

  #item(part: TextPart): TemplateResult {
    const inside = this.partsIn(part);
    const isOpen = this.opened.has(keyOf(part)) && inside.length > 0;
    const toggle = () => this.dispatchEvent(new CustomEvent('part-toggle', { detail: part }));
    return html`<li @pointerover=${() => this.store.hover(part.from)}>
      ${
        inside.length > 0
          ? html`<button class="row" aria-expanded=${isOpen} @click=${toggle}>${this.#cells(part, inside)}</button>`
          : html`<div class="row leaf">${this.#cells(part, inside)}</div>`
      }
      ${isOpen ? this.#inside(inside) : nothing}
    </li>`;
  }

  #inside(parts: readonly TextPart[]): TemplateResult {
    const ranked = this.#ranked(parts);
    if (ranked.length === 0) return html`<p class="more dim">${t('Asking the model …')}</p>`;
    return html`<ol>${ranked.slice(0, LISTED_INSIDE).map((part) => this.#item(part))}</ol>`;
  }

  #cells(part: TextPart, inside: readonly TextPart[]): TemplateResult {
    const change = this.changes.get(keyOf(part)) ?? 0;
    const share = Math.min(1, Math.abs(change) / this.end);
    const colour = cssColour(this.store.theme.differenceMark(Math.sign(change)));
    const line = html`<i class="unseen">${t('line {0}', part.name)}</i><span aria-hidden="true">${part.name}</span>`;
    return html`<span class="name number">${part.level === 'line' ? line : nothing}</span
      ><span class="track"><i class="length" ${styled({ width: `${100 * share}%`, 'background-color': colour })}></i></span
      ><span class="value number" title=${change}><i class="unseen">${formatNatsChange(change)}</i><span aria-hidden="true">${signed(change)}</span></span
      ><span class="text">${part.level === 'symbol' ? part.name : this.#text(part, inside)}</span>`;
  }

  /** A word or a token; of those that are no part of a line that is opened, with what stands around it. */
  #alone({ text, read }: Subject, part: TextPart): TemplateResult | string {
    const [start = 0, end = 0] = [read?.starts[part.from], read?.ends[part.to - 1]];
    const word = text.slice(start, end).replace(/\n/g, '⏎');
    if (!this.parts.includes(part)) return word.trim() || word;
    const { before, after } = around(text, start, end);
    return html`<span class="dim">${before}</span>${word}<span class="dim">${after}</span>`;
  }

  /** What stands there, in the colours of the parts in it that are tried. */
  #text(part: TextPart, inside: readonly TextPart[]): unknown {
    const { subject, theme } = this.store;
    if (!subject) return nothing;
    if (inside.length === 0) return this.#alone(subject, part);
    return inside.map((piece) => {
      const change = this.changes.get(keyOf(piece));
      const tint = change === undefined ? undefined : cssColour(theme.differenceTint(signedShare(change, this.end)));
      return html`<span ${styled({ 'background-color': tint })}>${partText(subject, piece).replace(/\n/g, '')}</span>`;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-words-list': WordsListElement;
  }
  interface HTMLElementEventMap {
    'part-toggle': CustomEvent<TextPart>;
  }
}
