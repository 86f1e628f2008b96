import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount, formatLogprob, formatProbability, LEAST_SHARE } from '../../../src/display/numbers';
import { candidateLabels } from '../../kit/candidate-label';
import { base, chart } from '../../kit/styles';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Draw, Place } from './place';
import { PLOT_HEIGHT, rankPlot, rankScale, underLeast } from './rank-plot';
import { askedModelOf } from './writer';

/** Of a rank, by which one goes on by key: a tenth, and at least one. */
const STEP = 0.1;

/** Every token of the vocabulary at once, by rank; each can be read off. */
@customElement('vt-rank-curve')
export class RankCurveElement extends StoreElement {
  @property({ attribute: false }) accessor place!: Place;
  @property({ attribute: false }) accessor draw!: Draw;
  /** That is read off, from 1. */
  @state() private accessor rank: number | undefined;
  readonly #size = new WidthController(this);

  static override styles = [
    base,
    chart,
    css`
      :host { min-width: 0; }
      svg { overflow: visible; }
      .grid { stroke: color-mix(in srgb, currentcolor 15%, transparent); }
      .raw { fill: none; stroke: currentcolor; stroke-width: 1.5; }
      .adjusted { fill: none; stroke-width: 2; stroke-dasharray: 5 3; }
      .cut { stroke: currentcolor; stroke-dasharray: 2 3; }
      .left, circle { fill: currentcolor; }
      .end { text-anchor: end; }
      p { min-height: 3em; margin-top: 4px; }
    `,
  ];

  #label = new Task(this, {
    args: () => [this.#id] as const,
    task: async ([id]) =>
      id === undefined ? '' : (await candidateLabels(this.store.lenses, [id], askedModelOf(this.place.writer))).get(id),
  });

  get #id(): number | undefined {
    return this.rank === undefined ? undefined : this.place.order[this.rank - 1];
  }

  override render(): TemplateResult | typeof nothing {
    const { place, draw, rank } = this;
    const { width } = this.#size;
    if (width === 0) return nothing;
    const leave = () => {
      this.rank = undefined;
    };
    return html`<div
        role="slider"
        tabindex="0"
        aria-label=${t('Probability by rank')}
        aria-valuemin="1"
        aria-valuemax=${place.order.length}
        aria-valuenow=${rank ?? 1}
        aria-valuetext=${rank === undefined ? this.#summary() : this.#reading()}
        @pointermove=${this.#pointed}
        @pointerleave=${leave}
        @blur=${leave}
        @keydown=${this.#keyPressed}
      ><svg height=${PLOT_HEIGHT} viewBox="0 0 ${width} ${PLOT_HEIGHT}" aria-hidden="true">${rankPlot({
        place,
        draw,
        theme: this.store.theme,
        width,
        rank,
      })}</svg></div>
      <p class="number ${rank === undefined ? 'dim' : ''}">${
        rank === undefined
          ? t('Line: the model. Dashed: after sampling. Point at it to read any token.')
          : this.#reading()
      }</p>
      <div class="dim number">${this.#underLeast()}</div>`;
  }

  /** What the curve leaves out. */
  #underLeast(): string {
    const count = underLeast(this.place);
    return count === 0
      ? ''
      : t('{0} tokens have {1} each: too little to draw.', formatCount(count), formatProbability(LEAST_SHARE / 2));
  }

  #reading(): string {
    const { rank = 1, draw, place } = this;
    const adjusted = draw.left[rank - 1]?.probability;
    return [
      `${t('rank {0}', formatCount(rank))}: ${this.#label.value ?? '…'}`,
      t('model {0}', formatLogprob(place.logprobs[this.#id ?? 0] ?? Number.NaN)),
      adjusted === undefined ? t('cut') : t('after sampling {0}', formatProbability(adjusted)),
    ].join(', ');
  }

  #summary(): string {
    const { order, logprobs } = this.place;
    return t(
      'From {0} for the first of {1} tokens to {2} for the last. {3} left.',
      formatLogprob(logprobs[order[0] ?? 0] ?? Number.NaN),
      formatCount(order.length),
      formatLogprob(logprobs[order.at(-1) ?? 0] ?? Number.NaN),
      formatCount(this.draw.left.length),
    );
  }

  #pointed(event: PointerEvent): void {
    const { left } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.#read(rankScale(this.place.order.length, this.#size.width).invert(event.clientX - left));
  }

  #keyPressed(event: KeyboardEvent): void {
    const rank = this.rank ?? 1;
    const step = Math.max(1, rank * STEP);
    const targets: Record<string, number> = {
      ArrowLeft: rank - step,
      ArrowDown: rank - step,
      ArrowRight: rank + step,
      ArrowUp: rank + step,
      Home: 1,
      End: this.place.order.length,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#read(target);
  }

  #read(rank: number): void {
    this.rank = Math.min(this.place.order.length, Math.max(1, Math.round(rank)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-rank-curve': RankCurveElement;
  }
}
