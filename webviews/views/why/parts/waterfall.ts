import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import type { Part, Why } from '../../../../src/shared/why-api';
import { Memo } from '../../../kit/memo';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import type { Effect } from './measured';
import { formatSigned, formatSignedNats } from './numbers';
import { isSamePart, keyOf } from './part';
import type { Names } from './sources-strip';
import { type Step, stepsOf, type Term } from './steps';
import { TERM_NAMES } from './term-names';
import { type Axis, axisOf, beside, inPercent, namedSteps } from './waterfall-axis';
import { waterfallStyles } from './waterfall-styles';

/** So many of the longest bars have their numbers beside them. */
const NAMED = 5;
/** The share of the width that the sum needs, which is written in bold and with its unit. */
const SUM_ROOM = 0.45;
/** A layer in so many has its number written beside it, where there are more than a few. */
const NUMBERED = 5;
const FEW = 12;

const STEPS: Record<string, [layers: number, parts: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * The difference of the two logits from the embedding to the readout, a row a layer: attention and MLP as two bars, each
 * from where the sum stood to where it takes it. Event: `part-select` with an attention or an MLP.
 */
@customElement('vt-why-waterfall')
export class WhyWaterfallElement extends LitElement {
  @property({ attribute: false }) accessor why!: Why;
  @property({ attribute: false }) accessor names!: Names;
  @property({ attribute: false }) accessor nameOf!: (part: Part) => string;
  /** By the keys of parts. */
  @property({ attribute: false }) accessor effects: ReadonlyMap<string, Effect> = new Map();
  @property({ attribute: false }) accessor opened: Part | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  readonly #steps = new Memo<Step[]>();

  static override styles = [base, waterfallStyles];

  override render(): TemplateResult {
    const steps = this.#steps.get([this.why], () => stepsOf(this.why));
    const axis = axisOf(
      steps,
      steps.flatMap((step) => this.#measured(step)),
    );
    const named = namedSteps(steps, axis, NAMED);
    const layers = this.why.mlps.length;
    const rows = Array.from({ length: layers }, (_, layer) => {
      const [attention, mlp] = steps.slice(1 + 2 * layer, 3 + 2 * layer);
      return html`<div role="row">
        <span role="rowheader" class="number">${layer % (layers > FEW ? NUMBERED : 1) === 0 ? layer : html`<span class="unseen">${layer}</span>`}</span>
        ${attention && this.#cell(attention, axis, named)}${mlp && this.#cell(mlp, axis, named)}
      </div>`;
    });
    return html`<div
        class="rows"
        role="grid"
        aria-label=${t('What each layer adds: its attention and its MLP')}
        @keydown=${this.#keyPressed}
      >
        <span class="axis"><i class="zero" ${styled({ left: inPercent(axis.at(0)) })}></i></span>
        ${steps[0] && this.#term(steps[0], axis)}
        ${rows}
        ${steps.slice(1 + 2 * layers).map((step) => this.#term(step, axis))}
        <div role="row" class="term sum"><span role="rowheader">${t('sum')}</span
          ><span role="gridcell" class="track">${this.#bar({ value: this.why.logitDifference, from: 0, to: this.why.logitDifference }, axis)}<b class="value number" ${styled(beside(axis, 0, this.why.logitDifference, SUM_ROOM))}>${formatSignedNats(this.why.logitDifference)}</b></span
        ></div>
        <div class="term ends" aria-hidden="true"><span></span><span class="track"><span>${t('← for {0}', this.names.against)}</span><span>${t('for {0} →', this.names.token)}</span></span></div>
      </div>`;
  }

  #term(step: Step, axis: Axis): TemplateResult {
    const { kind } = step.of as { kind: Term };
    return html`<div role="row" class="term">
      <span role="rowheader">${TERM_NAMES[kind]()}</span>
      <span role="gridcell" class="track">${this.#bar(step, axis)}<span class="value number" ${styled(beside(axis, step.from, step.to))}>${formatSigned(step.value)}</span></span>
    </div>`;
  }

  #cell(step: Step, axis: Axis, named: ReadonlySet<Step>): TemplateResult {
    const part = step.of as Part & { layer: number };
    const isOpened = this.opened !== undefined && isSamePart(part, this.opened);
    const effect = this.effects.get(keyOf(part));
    const said = `${this.nameOf(part)}: ${formatSignedNats(step.value)}`;
    const label = effect ? t('{0}, total {1}', said, formatSignedNats(effect.total)) : said;
    const isFirst = part.layer === 0 && part.kind === 'attention';
    return html`<span
      role="gridcell"
      class="track ${part.kind} ${isOpened ? 'opened' : ''}"
      data-layer=${part.layer}
      data-kind=${part.kind}
      tabindex=${isOpened || (isFirst && !this.#hasStop) ? 0 : -1}
      aria-selected=${isOpened}
      aria-label=${label}
      title=${label}
      @click=${() => this.#select(part)}
      >${this.#bar(step, axis)}${effect ? this.#hollow(step, effect, axis) : nothing}${
        named.has(step)
          ? html`<span class="value name" ${styled(beside(axis, step.from, step.to))}>${this.nameOf(part)} <span class="number">${formatSigned(step.value)}</span></span>`
          : nothing
      }</span>`;
  }

  #measured(step: Step): { step: Step; effect: Effect }[] {
    const effect = 'layer' in step.of ? this.effects.get(keyOf(step.of)) : undefined;
    return effect ? [{ step, effect }] : [];
  }

  get #hasStop(): boolean {
    return this.opened?.kind === 'mlp' || this.opened?.kind === 'attention';
  }

  #bar({ value, from, to }: Omit<Step, 'of'>, axis: Axis): TemplateResult {
    const [left, right] = [axis.at(Math.min(from, to)), axis.at(Math.max(from, to))];
    const colour = cssColour(this.theme.differenceMark(value > 0 ? -1 : 1));
    return html`<i class="bar" ${styled({ left: inPercent(left), width: inPercent(right - left), 'background-color': colour })}></i
      ><i class="link" ${styled({ left: inPercent(axis.at(to)) })}></i>`;
  }

  /** What it really brings, from the same place on. */
  #hollow({ from }: Step, { total }: Effect, axis: Axis): TemplateResult {
    const [left, right] = [axis.at(Math.min(from, from + total)), axis.at(Math.max(from, from + total))];
    return html`<i class="hollow" ${styled({ left: inPercent(left), width: inPercent(right - left) })}></i>`;
  }

  #select(part: Part): void {
    this.dispatchEvent(new CustomEvent('part-select', { detail: part }));
  }

  async #keyPressed(event: KeyboardEvent): Promise<void> {
    const cell = event.composedPath()[0];
    const { layer, kind } = cell instanceof HTMLElement ? cell.dataset : {};
    if (layer === undefined) return;
    const [layers, parts] = STEPS[event.key] ?? [0, 0];
    const isChoice = event.key === 'Enter' || event.key === ' ';
    if (layers === 0 && parts === 0 && !isChoice) return;
    event.preventDefault();
    const kinds = ['attention', 'mlp'] as const;
    const next = kinds[Math.min(1, Math.max(0, kinds.indexOf(kind as 'mlp') + parts))] ?? 'mlp';
    const to = Math.min(this.why.mlps.length - 1, Math.max(0, Number(layer) + layers));
    this.#select({ kind: next, layer: to });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-layer="${to}"][data-kind="${next}"]`)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-why-waterfall': WhyWaterfallElement;
  }
  interface HTMLElementEventMap {
    'part-select': CustomEvent<Part>;
  }
}
