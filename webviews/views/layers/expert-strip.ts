import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatCount, formatProbability } from '../../../src/display/numbers';
import { Memo } from '../../kit/memo';
import '../../kit/legend';
import { PaintedTextElement } from '../../kit/painted-text';
import '../../kit/term';
import type { TokenPaint } from '../../kit/token-text';
import { t } from '../../l10n';
import { type ExpertAddress, type ExpertUse, expertName } from './expert-use';

const TICKS = [0, 50, 100].map((percent) => ({ share: percent / 100, text: `${percent}` }));

/** The text, painted with what one expert saw of it. */
@customElement('vt-expert-strip')
export class ExpertStripElement extends PaintedTextElement {
  @property({ attribute: false }) accessor use: ExpertUse | undefined;
  @property({ attribute: false }) accessor expert: ExpertAddress | undefined;
  readonly #weights = new Memo<ReadonlyMap<number, number>>();
  readonly #paint = new Memo<TokenPaint[]>();

  static override styles = [PaintedTextElement.styles, css`.note b { color: var(--vscode-editor-foreground); }`];

  override render(): TemplateResult {
    const scale = this.store.theme.greyTint;
    const legend = html`<vt-legend label=${t('Weight of the expert, %')} .scale=${scale} .ticks=${TICKS}></vt-legend>
      <p class="note">${this.#note()}</p>`;
    const paint = this.#paint.get([this.#seen, scale], () => {
      const painted: TokenPaint[] = [];
      for (const [position, weight] of this.#seen) painted[position] = { background: cssColour(scale(weight)) };
      return painted;
    });
    return this.strip(t('The text, coloured by what one expert saw'), paint, this.#describe, legend);
  }

  get #seen(): ReadonlyMap<number, number> {
    const { use, expert } = this;
    return this.#weights.get([use, expert?.layer, expert?.expert], () =>
      use && expert ? use.weightsOf(expert) : new Map<number, number>(),
    );
  }

  #note(): TemplateResult | string {
    const { use, expert } = this;
    if (!use || !expert) return '';
    const of = use.to - use.from;
    return html`<vt-term name="expert">${t('Expert')}</vt-term> <b class="number">${expertName(expert)}</b>
      ${t('saw {0} of {1} tokens.', formatCount(this.#seen.size), formatCount(of))}`;
  }

  readonly #describe = (position: number): string => {
    const weight = this.#seen.get(position);
    return weight === undefined ? '' : t('weight {0}', formatProbability(Math.min(1, weight)));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-expert-strip': ExpertStripElement;
  }
}
