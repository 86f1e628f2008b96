import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { mix, type Rgb } from '../../../src/display/colour';
import { cssColour } from '../../../src/display/colour-scale';
import { formatCount } from '../../../src/display/numbers';
import type { NumberMapPicture } from '../../../src/shared/inspector-api';
import { base } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';

const SIDE = 100;
const LAST = SIDE * SIDE - 1;

/** Keys and how far they go in numbers: a row of the map is a hundred. */
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };
/** How much of the foreground a number has by its tokens, from none on, where the vocabulary lacks a digit of it. */
const SHARES = [0, 0.12, 0.35, 0.6, 0.9];

/** Different colours: numbers of more tokens than this are drawn alike. */
export const MOST_TOKENS = 4;

/** The colour of a number that takes so many tokens: grey, as bands of tokens are, for hues are of what the model thinks. */
export function mapColour(theme: Theme, tokens: number): Rgb {
  const { background, foreground } = theme.ground;
  return mix(background, foreground, SHARES[Math.min(MOST_TOKENS, tokens)] ?? 0);
}

/**
 * Every integer from 0 to 9999 as one cell of a 100 x 100 picture, coloured by how many tokens it takes.
 * Events: `point` with the number under the pointer or undefined, `choose` with the number that was clicked.
 */
@customElement('vt-number-map')
export class NumberMapElement extends LitElement {
  @property({ attribute: false }) accessor map!: NumberMapPicture;
  @property({ attribute: false }) accessor theme!: Theme;
  /** The number that is looked at; none where it is past the map. */
  @property({ attribute: false }) accessor number: number | undefined;
  @property() accessor label = '';
  @query('canvas') private accessor canvas!: HTMLCanvasElement;

  static override styles = [
    base,
    css`
      .map { position: relative; max-width: 400px; aspect-ratio: 1; cursor: crosshair; }
      canvas { width: 100%; height: 100%; image-rendering: pixelated; display: block; }
      .cell { position: absolute; width: 1.6%; height: 1.6%; transform: translate(-20%, -20%); outline: 2px solid var(--vscode-editor-foreground); box-shadow: 0 0 0 4px var(--vscode-editor-background); pointer-events: none; }
      output { display: block; min-height: 1.5em; }
    `,
  ];

  override render(): TemplateResult {
    const { number } = this;
    const text = number === undefined ? '' : `${formatCount(number)}: ${tokensText(this.map.counts[number] ?? 0)}`;
    return html`<div
        class="map"
        role="slider"
        tabindex="0"
        aria-label=${this.label}
        aria-valuemin="0"
        aria-valuemax=${LAST}
        aria-valuenow=${number ?? 0}
        aria-valuetext=${text}
        @pointermove=${(event: PointerEvent) => this.#tell('point', this.#at(event))}
        @pointerleave=${() => this.#tell('point', undefined)}
        @click=${(event: PointerEvent) => this.#tell('choose', this.#at(event))}
        @keydown=${this.#keyPressed}
      ><canvas width=${SIDE} height=${SIDE}></canvas>${number === undefined ? '' : html`<span class="cell"></span>`}</div>
      <output class="number">${text}</output>`;
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if ([...changed.keys()].some((key) => key !== 'number')) this.#paint();
    const cell = this.renderRoot.querySelector<HTMLElement>('.cell');
    if (!cell || this.number === undefined) return;
    cell.style.left = `${this.number % SIDE}%`;
    cell.style.top = `${Math.floor(this.number / SIDE)}%`;
  }

  #paint(): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    this.map.counts.forEach((tokens, number) => {
      context.fillStyle = cssColour(mapColour(this.theme, tokens));
      context.fillRect(number % SIDE, Math.floor(number / SIDE), 1, 1);
    });
  }

  #at({ clientX, clientY }: PointerEvent): number {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const place = (offset: number, size: number) => Math.min(SIDE - 1, Math.max(0, Math.floor((offset / size) * SIDE)));
    return place(clientY - top, height) * SIDE + place(clientX - left, width);
  }

  #keyPressed(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#tell('choose', Math.min(LAST, Math.max(0, (this.number ?? 0) + step)));
  }

  #tell(type: 'point' | 'choose', number: number | undefined): void {
    this.dispatchEvent(new CustomEvent(type, { detail: number }));
  }
}

function tokensText(tokens: number): string {
  return tokens === 1 ? t('1 token') : t('{0} tokens', formatCount(tokens));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-number-map': NumberMapElement;
  }
}
