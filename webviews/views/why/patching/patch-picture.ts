import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../../../src/display/numbers';
import { Memo } from '../../../kit/memo';
import { base } from '../../../kit/styles';
import type { TokenText } from '../../../kit/subject-tokens';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import type { GridPlace } from '../../layers/grid-keys';
import { handover, largest } from './findings';
import type { GridFill } from './grid-fill';
import type { Patch } from './one-patch';
import './patch-grid';
import type { GridColumn } from './patch-grid';
import { answersText, percentText, placeText } from './spoken';

/** A grid of patches, what it says at a glance, and the cell that is pointed at in words. Event: `cell-select` with a place of the grid. */
@customElement('vt-patch-picture')
export class PatchPictureElement extends StoreElement {
  @property({ attribute: false }) accessor fill!: GridFill;
  /** Layers that are done, as the fill goes on. */
  @property({ type: Number }) accessor done = 0;
  @property({ type: Boolean }) accessor isRunning = false;
  /** Natural logarithms of the two tokens' probabilities. */
  @property({ attribute: false }) accessor clean: readonly [number, number] = [0, 0];
  @property({ attribute: false }) accessor corrupt: readonly [number, number] = [0, 0];
  @property({ attribute: false }) accessor cleanTokens: readonly TokenText[] = [];
  @property({ attribute: false }) accessor corruptTokens: readonly TokenText[] = [];
  /** Of the two tokens. */
  @property({ attribute: false }) accessor labels: readonly string[] = [];
  @property({ attribute: false }) accessor patch: Patch | undefined;
  @state() private accessor pointed: GridPlace | undefined;
  readonly #ratios = new Memo<Float32Array>();
  readonly #columns = new Memo<GridColumn[]>();

  static override styles = [
    base,
    css`
      :host { min-width: 0; }
      /* As high while it fills as when it is full: the grid stays where it is. */
      .head { min-height: 44px; margin-bottom: 8px; }
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; }
      progress { flex: 0 1 120px; }
      .finding { max-width: none; font-size: 1.15em; }
      .answer { min-height: 3em; max-width: none; margin-top: 4px; }
    `,
  ];

  override render(): TemplateResult {
    const { theme } = this.store;
    const isOrdered = !this.#isOfHeads;
    return html`<div class="head">${this.fill.isDone ? html`<p class="finding">${this.#finding()}</p>` : this.#progress()}</div>
      ${this.fill.failure ? html`<p role="alert">${this.fill.failure}</p>` : nothing}
      <vt-patch-grid
        .layers=${this.fill.question.layers}
        .columns=${this.#columns.get([this.fill, this.cleanTokens, this.corruptTokens], () => this.#columnsOf())}
        .ratios=${this.#allRatios}
        .describe=${this.#describe}
        ?ordered=${isOrdered}
        .target=${this.#placeOf(this.patch?.target)}
        .source=${this.#placeOf(this.patch?.source)}
        .theme=${theme}
        .scale=${theme.differenceMark(1).join()}
        label=${isOrdered ? t('What each patch restores: a row a layer, a column a token') : t('What each patch restores: a row a layer, a column a head')}
        @cell-hover=${({ detail }: CustomEvent<GridPlace | undefined>) => this.#point(detail)}
      ></vt-patch-grid>
      <p class="answer number">${this.pointed ? this.#describe(this.pointed) : html`<span class="dim">${this.#hint()}</span>`}</p>`;
  }

  get #isOfHeads(): boolean {
    return this.fill.question.site === 'head';
  }

  get #allRatios(): Float32Array {
    const { fill, done, clean, corrupt } = this;
    return this.#ratios.get([fill, done, clean, corrupt], () => fill.ratios({ clean, corrupt }));
  }

  #columnsOf(): GridColumn[] {
    const { from } = this.fill.question.columns;
    return Array.from({ length: this.fill.width }, (_, i) => {
      if (this.#isOfHeads) return { label: `${i}` };
      const [label = '', other = ''] = [this.cleanTokens[from + i]?.label, this.corruptTokens[from + i]?.label];
      return label === other ? { label } : { label, other };
    });
  }

  #progress(): TemplateResult {
    const { fill } = this;
    const { layers } = fill.question;
    const text = t('{0} of {1} layers, the last first', formatCount(fill.done), formatCount(layers));
    if (!fill.isRunning)
      return html`<div class="line no-picture">${button(fill.done > 0 ? t('Go on') : t('Fill the grid'), () => fill.run(), { isPrimary: fill.done === 0 })}<span class="dim number">${text}</span></div>`;
    return html`<div class="line no-picture">
      <progress max=${layers} value=${fill.done} aria-label=${text}></progress><span class="number">${text}</span>
      ${button(t('Cancel'), () => fill.stop())}
    </div>`;
  }

  #finding(): string {
    const ratios = this.#allRatios;
    const { width, question } = this.fill;
    const moves = question.site === 'residual' ? handover(ratios, width) : undefined;
    if (moves) {
      const [start, end] = [this.#token(moves.column), this.#token(width - 1)];
      return moves.last < moves.first
        ? t('Up to layer {0} the answer hangs on {1}; from layer {2} on, on {3}.', moves.last, start, moves.first, end)
        : t('Around layer {0} the answer moves from {1} to {2}.', moves.first, start, end);
    }
    const most = largest(ratios, width);
    if (!most) return '';
    const { layer, column, ratio } = most;
    if (this.#isOfHeads) return t('Most by one head: {0}, {1}.', `${layer}.${column}`, percentText(ratio));
    return t('Most by one patch: layer {0} at {1}, {2}.', layer, this.#token(column), percentText(ratio));
  }

  #hint(): string {
    return this.#isOfHeads
      ? t('Point at a cell to read both answers. A head is patched at all tokens at once.')
      : t(
          'Point at a cell to read both answers; click it to see what the model then expects. Dashed: all that a patch there can change.',
        );
  }

  #token(column: number): string {
    const position = this.fill.question.columns.from + column;
    return placeText(this.cleanTokens[position]?.label ?? '', position);
  }

  readonly #describe = ({ row, column }: GridPlace): string => {
    const cell = row * this.fill.width + column;
    const place = this.#isOfHeads ? t('head {0}', `${row}.${column}`) : t('layer {0} at {1}', row, this.#token(column));
    const ratio = this.#allRatios[cell] ?? Number.NaN;
    if (Number.isNaN(ratio)) {
      const isRead = row >= this.fill.question.layers - this.done;
      return isRead ? t('{0}: the layer has no attention', place) : t('{0}: not known yet', place);
    }
    return t(
      '{0}: {1} restored. With the patch {2}; corrupt {3}; clean {4}.',
      place,
      percentText(ratio),
      answersText(this.labels, this.fill.logprobs, cell),
      answersText(this.labels, this.corrupt),
      answersText(this.labels, this.clean),
    );
  };

  #point(place: GridPlace | undefined): void {
    this.pointed = place;
    if (!this.#isOfHeads) this.store.hover(place && this.fill.question.columns.from + place.column);
  }

  #placeOf(place: Patch['target'] | undefined): GridPlace | undefined {
    if (!place || this.#isOfHeads) return undefined;
    return { row: place.layer, column: place.position - this.fill.question.columns.from };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-patch-picture': PatchPictureElement;
  }
}
