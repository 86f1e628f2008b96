import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatProbability, formatProbabilityShort } from '../../../src/display/numbers';
import type { LayerInfo } from '../../../src/shared/engine-api';
import '../../kit/legend';
import '../../kit/matrix/matrix';
import type { MatrixPicture } from '../../kit/matrix/paint-cells';
import type { Cell } from '../../kit/matrix/viewport';
import { Memo } from '../../kit/memo';
import { bitmapOf, paletteOf } from '../../kit/palette';
import { base } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { t } from '../../l10n';
import type { ExpertAddress, ExpertUse } from './expert-use';

/**
 * How much of a text every expert saw: a row a layer, a column an expert. Events: `expert-hover` with an expert or
 * undefined, `expert-select`.
 */
@customElement('vt-expert-matrix')
export class ExpertMatrixElement extends LitElement {
  @property({ attribute: false }) accessor use!: ExpertUse;
  @property({ attribute: false }) accessor layers: readonly LayerInfo[] = [];
  @property({ attribute: false }) accessor chosen: ExpertAddress | undefined;
  @property({ attribute: false }) accessor pointed: ExpertAddress | undefined;
  /** The token whose experts are outlined. */
  @property({ attribute: false }) accessor token: number | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  readonly #counts = new Memo<readonly Uint32Array[]>();
  readonly #pictures = new Memo<readonly MatrixPicture[]>();
  readonly #outlined = new Memo<readonly Cell[]>();

  static override styles = [
    base,
    css`
      :host { display: flex; flex-direction: column; gap: 4px; }
      /* Every cell is filled: what zooms stands above them. */
      vt-matrix { height: min(100vh - 240px, 640px); margin-top: 28px; }
      vt-matrix::part(tools) { top: -28px; }
      .foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; }
      .answer { flex: 1 1 240px; min-height: 1.5em; }
    `,
  ];

  override render(): TemplateResult {
    const { chosen } = this;
    const answer = this.pointed ? this.#answer(this.pointed) : '';
    return html`<vt-matrix
        .rows=${this.layers.length}
        .columns=${this.#columns}
        .isTall=${true}
        .pictures=${this.#picture()}
        .labels=${LABELS}
        .outlinedCells=${this.#outlinedCells()}
        .selectedCell=${chosen && { row: chosen.layer, column: chosen.expert }}
        .theme=${this.theme}
        label=${t('Experts: a row a layer, a column an expert')}
        .answer=${answer}
        @cell-hover=${({ detail }: CustomEvent<Cell | undefined>) => this.#tell('expert-hover', detail)}
        @cell-select=${({ detail }: CustomEvent<Cell>) => this.#tell('expert-select', detail)}
      ></vt-matrix>
      <div class="foot">
        <span class="answer">${answer || html`<span class="dim">${t('Point at a cell to read it; click to see in the text what that expert saw.')}</span>`}</span>
        <vt-legend label=${t('Tokens that an expert saw, %')} .scale=${this.theme.greyMark} .ticks=${this.#ticks()}></vt-legend>
      </div>`;
  }

  get #columns(): number {
    return Math.max(...this.layers.map(({ experts }) => experts?.numExperts ?? 0));
  }

  /** Of every layer, how many tokens each expert saw. */
  get #seen(): readonly Uint32Array[] {
    return this.#counts.get([this.use, this.layers], () =>
      this.layers.map(({ experts }, layer) => this.use.countsOf(layer, experts?.numExperts ?? 0)),
    );
  }

  #share({ layer, expert }: ExpertAddress): number {
    return (this.#seen[layer]?.[expert] ?? 0) / Math.max(1, this.use.to - this.use.from);
  }

  get #largest(): number {
    return Math.max(...this.#seen.map((counts) => Math.max(0, ...counts))) / Math.max(1, this.use.to - this.use.from);
  }

  #ticks() {
    const largest = this.#largest;
    return [0, 0.5, 1].map((share) => ({ share, text: formatProbabilityShort(largest * share) }));
  }

  #picture(): readonly MatrixPicture[] {
    const scale = this.theme.greyMark;
    const [rows, columns, largest] = [this.layers.length, this.#columns, this.#largest];
    return this.#pictures.get([this.#seen, scale], () => {
      const palette = paletteOf(scale);
      const pixels = Uint32Array.from({ length: rows * columns }, (_, at) => {
        const share = this.#share({ layer: Math.floor(at / columns), expert: at % columns });
        return palette.at(share / (largest || 1));
      });
      return [{ image: bitmapOf(pixels, columns, rows), row: 0, column: 0, rows, columns }];
    });
  }

  #outlinedCells(): readonly Cell[] {
    const { use, token } = this;
    return this.#outlined.get([use, token], () =>
      token === undefined
        ? []
        : use
            .choicesOf(token)
            .flat()
            .map(({ layer, expert }) => ({ row: layer, column: expert })),
    );
  }

  #answer(address: ExpertAddress): string {
    const { experts } = this.layers[address.layer] ?? {};
    if (!experts || address.expert >= experts.numExperts) return t('Layer {0} has no such expert.', address.layer);
    const even = experts.numExpertsPerTok / experts.numExperts;
    return t(
      'Layer {0}, expert {1}: saw {2} of the tokens; evenly spread it would be {3}',
      address.layer,
      address.expert,
      formatProbability(this.#share(address)),
      formatProbability(even),
    );
  }

  #tell(type: 'expert-hover' | 'expert-select', cell: Cell | undefined): void {
    const detail = cell && { layer: cell.row, expert: cell.column };
    const has = detail && detail.expert < (this.layers[detail.layer]?.experts?.numExperts ?? 0);
    if (type === 'expert-hover' || has) this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Layers and experts count from 0. */
const LABELS = { row: String, column: String, first: 0 };

declare global {
  interface HTMLElementTagNameMap {
    'vt-expert-matrix': ExpertMatrixElement;
  }
  interface HTMLElementEventMap {
    'expert-hover': CustomEvent<ExpertAddress | undefined>;
    'expert-select': CustomEvent<ExpertAddress>;
  }
}
