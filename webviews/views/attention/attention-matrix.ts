import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import type { AttentionPattern } from '../../../src/shared/engine-api';
import { Memo } from '../../kit/memo';
import '../../kit/matrix/matrix';
import type { MatrixElement } from '../../kit/matrix/matrix';
import type { MatrixPicture } from '../../kit/matrix/paint-cells';
import type { Labels } from '../../kit/matrix/paint-labels';
import type { Cell } from '../../kit/matrix/viewport';
import { paletteOf } from '../../kit/palette';
import { base } from '../../kit/styles';
import { type Run, subjectTokens } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import { formatWeight } from './attention-scope';
import type { Question } from './attention-source';
import { DetailTiles } from './detail-tiles';
import './matrix-legend';
import { hiddenPixel, largestOf, pictureOf } from './pattern-picture';
import { isOutOfReach } from './reach';

/** A token must be so many pixels large before rows are asked for as they are. */
const DETAILED_CELL = 1;

/** A pattern as a matrix: a row a token that looks, a column a token it sees. Events: `token-hover`, `token-select`. */
@customElement('vt-attention-matrix')
export class AttentionMatrixElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ attribute: false }) accessor question!: Question;
  @property({ attribute: false }) accessor pattern!: AttentionPattern;
  @property({ type: Boolean }) accessor masksSink = true;
  @property({ attribute: false }) accessor selected: number | undefined;
  @property({ attribute: false }) accessor hovered: number | undefined;
  /** The rows of what is selected in the text, where that is not all. */
  @property({ attribute: false }) accessor outlined: readonly Run[] = [];
  /** How many keys a query sees, itself included; undefined where it sees all before it. */
  @property({ attribute: false }) accessor reach: number | undefined;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  @state() private accessor cell: Cell | undefined;
  readonly #largest = new Memo<number>();
  readonly #whole = new Memo<MatrixPicture>();
  readonly #drawn = new Memo<readonly MatrixPicture[]>();
  readonly #tiles = new Memo<DetailTiles | undefined>();
  #detail: DetailTiles | undefined;
  readonly #labels = new Memo<Labels>();

  static override styles = [
    base,
    css`
      :host { display: flex; flex-direction: column; gap: 4px; }
      vt-matrix { height: min(100cqi, max(320px, 100vh - 300px)); }
      .foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; }
      .answer { flex: 1 1 240px; min-height: 1.5em; overflow-wrap: anywhere; }
      .mono { white-space: pre-wrap; }
    `,
  ];

  override render(): TemplateResult {
    const tokens = this.question.tokens;
    const answer = this.#answer();
    return html`<vt-matrix
        .rows=${tokens}
        .columns=${tokens}
        .pictures=${this.#pictures()}
        .reach=${this.reach}
        .labels=${this.#labels.get([this.store.subject], () => ({ row: this.#label, column: this.#label, first: 1 }))}
        .selectedRow=${this.selected}
        .hoveredRow=${this.hovered}
        .outlinedRows=${this.outlined}
        .theme=${this.store.theme}
        label=${t('Attention matrix: a row a token that looks, a column a token it sees')}
        .answer=${answer}
        @cell-hover=${({ detail }: CustomEvent<Cell | undefined>) => this.#hover(detail)}
        @cell-select=${({ detail }: CustomEvent<Cell>) => this.#tell('token-select', detail.row)}
        @view-change=${this.#viewChanged}
      ></vt-matrix>
      <div class="foot">
        <span class="answer">${answer || html`<span class="dim">${t('Point at a cell to read it. Wheel zooms, drag moves.')}</span>`}</span>
        ${this.#largestShown > 0 ? this.#legend() : nothing}
      </div>`;
  }

  #legend(): TemplateResult {
    const { theme } = this.store;
    return html`<vt-matrix-legend
      .largest=${this.#largestShown}
      .scale=${theme.mark('blue')}
      .theme=${theme}
      .masksSink=${this.masksSink}
      ?reaches=${this.reach !== undefined}
      .block=${this.pattern.rowBlock}
    ></vt-matrix-legend>`;
  }

  get #largestShown(): number {
    return this.#largest.get([this.pattern, this.masksSink], () => largestOf(this.pattern, this.masksSink));
  }

  /** The whole at once, and over it rows as they are. */
  #pictures(): readonly MatrixPicture[] {
    const { pattern, masksSink, store } = this;
    const draw = (part: AttentionPattern) =>
      pictureOf(part, {
        palette: paletteOf(store.theme.mark('blue')),
        hidden: hiddenPixel(store.theme),
        masksSink,
        largest: this.#largestShown,
      });
    const key = [pattern, masksSink, store.theme.mark('blue')];
    this.#detail = this.#tiles.get(key, () => {
      this.#detail?.see({ from: 0, to: 0 });
      if (pattern.rowBlock === 1) return undefined;
      return new DetailTiles(store.lenses, this.question, draw, () => this.requestUpdate());
    });
    const whole = this.#whole.get(key, () => ({
      image: draw(pattern),
      row: 0,
      column: 0,
      rows: pattern.rows * pattern.rowBlock,
      columns: pattern.columns * pattern.columnBlock,
    }));
    const details = this.#detail?.pictures;
    return this.#drawn.get([whole, details], () => [whole, ...(details ?? [])]);
  }

  #viewChanged = ({ currentTarget }: Event): void => {
    const { viewport } = currentTarget as MatrixElement;
    if (viewport.scale >= DETAILED_CELL) this.#detail?.see(viewport.visible.rows);
  };

  readonly #label = (position: number): string => subjectTokens(this.store.subject)[position]?.label ?? '';

  #hover(cell: Cell | undefined): void {
    this.cell = cell;
    this.#tell('token-hover', cell?.row);
  }

  #tell(type: 'token-hover' | 'token-select', position: number | undefined): void {
    this.dispatchEvent(new CustomEvent(type, { detail: position }));
  }

  /** The cell in words. */
  #answer(): string {
    if (!this.cell) return '';
    const { row, column } = this.cell;
    const [query, key] = [this.#label(row), this.#label(column)];
    if (column > row) return t('{0} cannot see {1}, which comes later.', query, key);
    if (isOutOfReach(row, column, this.reach)) {
      const sees = formatCount(this.reach ?? 0);
      return t('{0} cannot see {1}: in this layer a token sees the last {2}, itself included.', query, key, sees);
    }
    const { pattern } = this;
    const weight =
      pattern.rowBlock === 1 ? pattern.maximum[row * pattern.columns + column] : this.#detail?.weight(row, column);
    if (weight === undefined) return this.#blockAnswer(row, column);
    const places = [query, formatCount(row + 1), key, formatCount(column + 1), formatWeight(weight)];
    return t('{0} ({1}) looks at {2} ({3}): {4}', ...places);
  }

  #blockAnswer(row: number, column: number): string {
    const { rowBlock, columnBlock, columns, maximum, mean } = this.pattern;
    const [down, across] = [Math.floor(row / rowBlock), Math.floor(column / columnBlock)];
    const range = (index: number, block: number) =>
      `${formatCount(index * block + 1)}–${formatCount(Math.min((index + 1) * block, this.question.tokens))}`;
    const at = down * columns + across;
    if (isOutOfReach(down * rowBlock, (across + 1) * columnBlock - 1, this.reach)) {
      return t(
        'Tokens {0} cannot see tokens {1}: in this layer a token sees the last {2}, itself included.',
        range(down, rowBlock),
        range(across, columnBlock),
        formatCount(this.reach ?? 0),
      );
    }
    return t(
      'Tokens {0} look at tokens {1}: at most {2}, on average {3}',
      range(down, rowBlock),
      range(across, columnBlock),
      formatWeight(maximum[at] ?? 0),
      formatWeight(mean[at] ?? 0),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-attention-matrix': AttentionMatrixElement;
  }
}
