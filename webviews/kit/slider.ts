import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Term } from '../glossary';
import { base } from './styles';
import './term';

/** A number out of a row of them, moved by hand: what it is called, its value, and the slider. Event: `slide` with a stop. */
@customElement('vt-slider')
export class SliderElement extends LitElement {
  @property() accessor label = '';
  /** What explains its name on hover. */
  @property() accessor term: Term | undefined;
  /** In their order. */
  @property({ attribute: false }) accessor stops: readonly number[] = [];
  /** The thumb is at the stop that is nearest. */
  @property({ type: Number }) accessor value = 0;
  @property({ attribute: false }) accessor format: (value: number) => string = String;

  static override styles = [
    base,
    css`
      div { display: grid; grid-template-columns: 1fr auto; column-gap: 8px; }
      input { grid-column: 1 / -1; width: 100%; margin: 0; accent-color: var(--vscode-textLink-foreground); }
    `,
  ];

  override render(): TemplateResult {
    const { label, term, stops, value, format } = this;
    return html`<div>
      <span>${term ? html`<vt-term name=${term}>${label}</vt-term>` : label}</span>
      <output class="number">${format(value)}</output>
      <input
        type="range"
        min="0"
        max=${stops.length - 1}
        .value=${`${nearest(stops, value)}`}
        aria-label=${label}
        aria-valuetext=${format(value)}
        @input=${({ target }: Event) => this.#tell(stops[Number((target as HTMLInputElement).value)])}
      />
    </div>`;
  }

  #tell(detail: number | undefined): void {
    this.dispatchEvent(new CustomEvent('slide', { detail }));
  }
}

function nearest(stops: readonly number[], value: number): number {
  const distances = stops.map((stop) => Math.abs(stop - value));
  return distances.indexOf(Math.min(...distances));
}

/**
 * Stops of a quantity that is told by its magnitude.
 *
 * @param from and to, powers of ten @param perDecade how many between two of them @param own that shall be among them
 */
export function logStops(from: number, to: number, perDecade: number, ...own: readonly number[]): number[] {
  const count = Math.round((to - from) * perDecade);
  const even = Array.from({ length: count + 1 }, (_, step) => Number((10 ** (from + step / perDecade)).toPrecision(3)));
  return [...new Set([...even, ...own])].sort((a, b) => a - b);
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-slider': SliderElement;
  }
  interface HTMLElementEventMap {
    slide: CustomEvent<number>;
  }
}
