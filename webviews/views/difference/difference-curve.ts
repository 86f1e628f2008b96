import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { LEAST_KL, logRatioShare } from '../../../src/display/difference-scale';
import { formatDecimal, formatNats, formatNatsChange, formatSigned } from '../../../src/display/numbers';
import { Memo } from '../../kit/memo';
import { base, chart } from '../../kit/styles';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import type { Compared } from './compared';
import { type CurvePaths, curvePaths } from './curve-paths';

/** Room for the numbers of the axes, and for the marks of flips. */
const LEFT = 56;
const TOP = 10;
const HALF = 44;
const KL_TOP = TOP + 2 * HALF + 12;
const KL_HEIGHT = 36;
const HEIGHT = KL_TOP + KL_HEIGHT + 2;
const TICKS = [5, 1, 0, -1, -5];
const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: -20,
  PageDown: 20,
};

/** What differs along the text: ln(p_B / p_A) around a line, KL below it, and marks where the first guess flips. */
@customElement('vt-difference-curve')
export class DifferenceCurveElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ attribute: false }) accessor compared!: Compared;
  @property({ attribute: false }) accessor selected: number | undefined;
  @property({ attribute: false }) accessor hovered: number | undefined;
  readonly #width = new WidthController(this);
  readonly #paths = new Memo<CurvePaths>();
  readonly #drawn = new Memo<TemplateResult>();

  static override styles = [
    base,
    chart,
    css`
      .grid { stroke: var(--line); opacity: 0.5; }
      .kl { fill: color-mix(in srgb, currentcolor 65%, transparent); }
      .flips { fill: currentcolor; }
      .at { stroke: var(--accent); stroke-dasharray: 3 2; }
      .over { fill: color-mix(in srgb, currentcolor 15%, transparent); }
      [role='slider'] { cursor: pointer; }
    `,
  ];

  override render(): TemplateResult {
    const width = this.#width.width - LEFT;
    const { compared } = this;
    const chosen = Math.max(0, compared.shown.indexOf(compared.indexOf(this.selected) ?? -1));
    return html`<h2>${t('Along the text')}<small>${noteOf(compared)}</small></h2>
      <div
        role="slider"
        tabindex="0"
        aria-label=${t('Along the text')}
        aria-valuemin="1"
        aria-valuemax=${compared.shown.length}
        aria-valuenow=${chosen + 1}
        aria-valuetext=${this.#textOf(compared.shown[chosen] ?? 0)}
        @keydown=${this.#keyPressed}
        @pointermove=${(event: PointerEvent) => this.store.hover(this.#positionAt(event))}
        @pointerleave=${() => this.store.hover(undefined)}
        @click=${(event: PointerEvent) => {
          const position = this.#positionAt(event);
          if (position !== undefined) this.store.selectToken(position);
        }}
      >${width > 0 ? this.#picture(width) : nothing}</div>`;
  }

  #picture(width: number): TemplateResult {
    const { compared, store } = this;
    const paths = this.#paths.get([compared, width], () =>
      curvePaths(compared, { width, half: HALF, klHeight: KL_HEIGHT }),
    );
    const hasKl = compared.hasDivergence;
    // A pointer that moves draws none of the columns anew.
    const drawn = this.#drawn.get([paths, store.theme.differenceMark], () => this.#columns(paths, width, hasKl));
    const x = (position: number | undefined) => this.#columnOf(paths, position) * paths.step + LEFT;
    const height = hasKl ? HEIGHT : KL_TOP;
    const [selected, hovered] = [x(this.selected), x(this.hovered)];
    return html`<svg height=${height} aria-hidden="true">${drawn}
      ${Number.isNaN(hovered) ? nothing : svg`<rect class="over" x=${hovered} y="0" width=${Math.max(3, paths.step)} height=${height}></rect>`}
      ${Number.isNaN(selected) ? nothing : svg`<line class="at" x1=${selected + paths.step / 2} x2=${selected + paths.step / 2} y1="0" y2=${height}></line>`}
    </svg>`;
  }

  #columns({ more, less, kl, flips, mostKl }: CurvePaths, width: number, hasKl: boolean): TemplateResult {
    const { differenceMark } = this.store.theme;
    return svg`${TICKS.map((nats) => {
      const y = TOP + HALF * (1 - logRatioShare(nats));
      return svg`<line class="grid" x1=${LEFT} x2=${LEFT + width} y1=${y} y2=${y}></line>
        <text class="number" x=${LEFT - 6} y=${y + 4} text-anchor="end">${formatSigned(nats).replace(/\D0$/, '')}</text>`;
    })}
      <g transform="translate(${LEFT} ${TOP})"><path d=${more} fill=${cssColour(differenceMark(-0.9))}></path><path d=${less} fill=${cssColour(differenceMark(0.9))}></path></g>
      <g transform="translate(${LEFT} 0)"><path class="flips" d=${flips}></path></g>
      ${
        hasKl
          ? svg`<g transform="translate(${LEFT} ${KL_TOP})"><path class="kl" d=${kl}></path><line class="grid" x1="0" x2=${width} y1=${KL_HEIGHT} y2=${KL_HEIGHT}></line></g>
            <text class="number" x=${LEFT - 6} y=${KL_TOP + 10} text-anchor="end">${mostKl > LEAST_KL ? formatDecimal(mostKl) : '≈ 0'}</text>
            <text x=${LEFT - 6} y=${KL_TOP + KL_HEIGHT} text-anchor="end">KL</text>`
          : nothing
      }` as unknown as TemplateResult;
  }

  /** NaN where the token is in none. */
  #columnOf({ columns }: CurvePaths, position: number | undefined): number {
    const { shown } = this.compared;
    const at = shown.indexOf(this.compared.indexOf(position) ?? -1);
    return at < 0 ? Number.NaN : Math.floor((at * columns.length) / shown.length);
  }

  #positionAt({ offsetX }: PointerEvent): number | undefined {
    const paths = this.#paths.get([this.compared, this.#width.width - LEFT], () => {
      throw new Error('A pointer is on a picture that is drawn.');
    });
    const index = paths.columns[Math.floor((offsetX - LEFT) / paths.step)];
    return index === undefined ? undefined : this.compared.positionOf(index);
  }

  #textOf(index: number): string {
    const { compared } = this;
    const moved = `${compared.labelOf(index)} ${formatNatsChange(compared.logRatio(index))}`;
    return compared.hasDivergence ? `${moved}, KL ${formatNats(compared.kl(index))}` : moved;
  }

  #keyPressed(event: KeyboardEvent): void {
    const { shown } = this.compared;
    const at = shown.indexOf(this.compared.indexOf(this.selected) ?? -1);
    const step = { Home: -shown.length, End: shown.length, ...STEPS }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(shown.length - 1, Math.max(0, at + step));
    if (next !== at) this.store.select({ token: this.compared.positionOf(shown[next] ?? 0) });
  }
}

function noteOf({ hasDivergence, hasGuesses }: Compared): string {
  if (hasDivergence) return t('ln(p B ÷ p A) and KL(A‖B), nats; ▾ the first guess flips');
  return hasGuesses ? t('ln(p B ÷ p A), nats; ▾ the first guess flips') : t('ln(p B ÷ p A), nats');
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-difference-curve': DifferenceCurveElement;
  }
}
