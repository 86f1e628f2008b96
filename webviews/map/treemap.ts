import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ColourScale, cssColour } from '../../src/display/colour-scale';
import { formatZ } from '../../src/display/numbers';
import { Memo } from '../kit/memo';
import { styled } from '../kit/styled';
import { base } from '../kit/styles';
import { t } from '../l10n';
import { type Rectangle, rectanglesIn } from './rectangles';
import { nodeText } from './texts';
import type { MapNode } from './tree';
import { zShare } from './z-scale';

/** In pixels: what a name takes to be read, and a number under it. */
const NAMED = { width: 36, height: 16 };
const NUMBERED = { width: 48, height: 34 };

/**
 * A folder as a picture: its files are rectangles whose area are their tokens and whose tint is their z. It is a tree for
 * the keyboard and screen readers.
 *
 * Events: `look` with the node under the pointer, or where the keyboard is, as `detail`; `zoom` with the folder
 * that is to fill the map; `open` with the file that was chosen.
 */
@customElement('vt-treemap')
export class TreemapElement extends LitElement {
  @property({ attribute: false }) accessor folder!: MapNode;
  /** Of z, from 0 to 1. */
  @property({ attribute: false }) accessor scale!: ColourScale;
  /** The path of what somebody looks at elsewhere. */
  @property() accessor marked = '';
  /** The path of where the keyboard is. */
  @state() accessor current = '';
  @state() accessor width = 0;
  @state() accessor height = 0;
  readonly #drawn = new Memo<Rectangle[]>();

  static override styles = [
    base,
    css`
      :host { position: relative; overflow: hidden; }
      [role='tree'] { position: absolute; inset: 0; }
      [role='tree']:focus-visible { outline: none; }
      [role='treeitem'] { position: absolute; overflow: hidden; padding: 0 4px; font-size: 11px; line-height: 16px; white-space: nowrap; text-overflow: ellipsis; cursor: pointer; outline: 1px solid color-mix(in srgb, var(--vscode-editor-foreground) 22%, transparent); outline-offset: -1px; }
      [data-number]::after { display: block; content: attr(data-number); }
      .folder { color: var(--dim); background: var(--vscode-editor-background); }
      .unread { outline-style: dotted; color: var(--dim); }
      [role='treeitem']:hover, .marked { outline-color: var(--vscode-editor-foreground); }
      [role='tree']:focus-visible .current { outline: 2px solid var(--accent); outline-offset: -2px; }
    `,
  ];

  override render(): TemplateResult {
    const at = this.#place;
    return html`<div
      role="tree"
      tabindex="0"
      aria-label=${t('Files and folders')}
      aria-activedescendant=${at >= 0 ? `node-${at}` : nothing}
      @click=${(event: Event) => this.#choose(this.#rectangleOf(event))}
      @pointermove=${(event: Event) => this.#look(this.#rectangleOf(event))}
      @focus=${this.#focused}
      @keydown=${this.#keyPressed}
    >${this.#rectangles.map((rectangle, place) => this.#item(rectangle, place))}</div>`;
  }

  override firstUpdated(): void {
    new ResizeObserver(() => {
      this.width = this.clientWidth;
      this.height = this.clientHeight;
    }).observe(this);
  }

  #item({ node, left, top, width, height, level, isOpen }: Rectangle, place: number): TemplateResult {
    const { z } = node.score;
    const isRead = node.score.tokens > 0;
    const isNamed = width >= NAMED.width && height >= NAMED.height;
    const hasNumber = !isOpen && Number.isFinite(z) && width >= NUMBERED.width && height >= NUMBERED.height;
    const kind = isOpen ? 'folder' : isRead ? '' : 'unread';
    const colour = isOpen || !Number.isFinite(z) ? undefined : cssColour(this.scale(zShare(z)));
    const box = { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
    return html`<div
      id="node-${place}"
      role="treeitem"
      class="${kind} ${node.path === this.current ? 'current' : ''} ${node.path === this.marked ? 'marked' : ''}"
      data-place=${place}
      data-number=${hasNumber ? formatZ(z) : nothing}
      aria-level=${level}
      aria-expanded=${node.file ? nothing : isOpen}
      aria-selected=${node.path === this.current}
      aria-label=${nodeText(node)}
      ${styled({ ...box, 'background-color': colour })}
    >${isNamed ? node.name : nothing}</div>`;
  }

  get #rectangles(): Rectangle[] {
    const { folder, width, height } = this;
    return this.#drawn.get([folder, width, height], () => rectanglesIn(folder, width, height));
  }

  get #place(): number {
    return this.#rectangles.findIndex(({ node }) => node.path === this.current);
  }

  #rectangleOf({ target }: Event): Rectangle | undefined {
    const item = (target as Element).closest<HTMLElement>('[role="treeitem"]');
    return item ? this.#rectangles[Number(item.dataset.place)] : undefined;
  }

  #look(rectangle: Rectangle | undefined): void {
    if (rectangle) this.dispatchEvent(new CustomEvent('look', { detail: rectangle.node, bubbles: true }));
  }

  #choose(rectangle: Rectangle | undefined): void {
    if (!rectangle) return;
    const { node } = rectangle;
    this.current = node.path;
    this.dispatchEvent(new CustomEvent(node.file ? 'open' : 'zoom', { detail: node, bubbles: true }));
  }

  #go(place: number): void {
    const rectangle = this.#rectangles[place];
    if (!rectangle) return;
    this.current = rectangle.node.path;
    this.#look(rectangle);
  }

  /** Who comes by the pointer looks at what is under it. */
  readonly #focused = ({ target }: Event): void => {
    if ((target as Element).matches(':focus-visible')) this.#go(Math.max(0, this.#place));
  };

  /** As in any tree: up and down through all that is drawn, right into a folder, left to the one around. */
  readonly #keyPressed = (event: KeyboardEvent): void => {
    const at = this.#place;
    const rectangle = this.#rectangles[at];
    const places: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      ArrowRight: rectangle?.isOpen ? at + 1 : at,
      ArrowLeft: this.#placeAround(at),
      Home: 0,
      End: this.#rectangles.length - 1,
    };
    const place = places[event.key];
    if (place !== undefined) this.#go(place);
    else if (event.key === 'Enter' || event.key === ' ') this.#choose(rectangle);
    else if (event.key === 'Escape' || event.key === 'Backspace') this.#zoomOut();
    else return;
    event.preventDefault();
  };

  #placeAround(place: number): number {
    const level = this.#rectangles[place]?.level ?? 1;
    for (let at = place - 1; at >= 0; at--) if ((this.#rectangles[at]?.level ?? level) < level) return at;
    return place;
  }

  #zoomOut(): void {
    this.current = this.folder.path;
    this.dispatchEvent(new CustomEvent('zoom', { detail: undefined }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-treemap': TreemapElement;
  }
}
