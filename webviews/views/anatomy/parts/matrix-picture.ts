import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { type ColourScale, cssColour } from '../../../../src/display/colour-scale';
import { formatCount, formatDecimal } from '../../../../src/display/numbers';
import type { MatrixImage } from '../../../../src/shared/anatomy-api';
import '../../../kit/legend';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';

/** CSS pixels of a block, and of the lines of a picture at least. */
const BLOCK = 2;
const LOWEST = 12;

/** The numbers of a matrix as colours, from orange over nothing to blue, and how they are spread. */
@customElement('vt-matrix-picture')
export class MatrixPictureElement extends LitElement {
  @property({ attribute: false }) accessor image!: MatrixImage;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  @query('canvas') private accessor canvas!: HTMLCanvasElement;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: start; }
      canvas { max-width: 100%; outline: 1px solid var(--line); image-rendering: pixelated; }
      .facts { flex: 1 1 200px; min-width: 0; }
      p { margin: 0 0 8px; color: var(--dim); }
    `,
  ];

  override render(): TemplateResult {
    const { columns, minimum, maximum, mean, end, counts } = this.image;
    const range = t(
      'The numbers go from {0} to {1}; their mean is {2}.',
      ...[minimum, maximum, mean].map(formatDecimal),
    );
    const size = { width: `${columns * BLOCK}px`, height: `${Math.max(LOWEST, this.#rows * BLOCK)}px` };
    return html`<canvas role="img" width=${columns} height=${this.#rows} aria-label=${range} ${styled(size)}></canvas>
      <div class="facts">
        <p>${this.#blocks()}</p>
        <vt-legend
          diverging
          label=${range}
          .scale=${this.#colour}
          .counts=${counts}
          .ticks=${[-end, 0, end].map((value, i) => ({ share: i / 2, text: formatDecimal(value) }))}
        ></vt-legend>
      </div>`;
  }

  override updated(_: PropertyValues): void {
    const { columns, values, end } = this.image;
    const context = this.canvas.getContext('2d');
    if (!context) return;
    const colour = this.#colour;
    for (const [at, value] of values.entries()) {
      context.fillStyle = cssColour(colour(Math.max(-1, Math.min(1, value / end))));
      context.fillRect(at % columns, Math.floor(at / columns), 1, 1);
    }
  }

  /** Blue above 0, as what is for something. */
  get #colour(): ColourScale {
    const scale = this.theme.differenceMark;
    return (share) => scale(-share);
  }

  get #rows(): number {
    return this.image.values.length / this.image.columns;
  }

  #blocks(): string {
    const { blockRows, blockColumns } = this.image;
    if (blockRows * blockColumns === 1) return t('Each point is a number.');
    return t(
      'Each point is {0} × {1} numbers, by the one that is furthest from 0.',
      formatCount(blockRows),
      formatCount(blockColumns),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-matrix-picture': MatrixPictureElement;
  }
}
