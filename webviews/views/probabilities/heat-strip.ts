import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { cssColour } from '../../../src/shared/colour-scale';
import type { Predictions } from '../../../src/shared/engine-api';
import { formatBits } from '../../../src/shared/numbers';
import { rankClassOf } from '../../../src/shared/rank-class';
import { bitsOf, surprisalShare } from '../../../src/shared/scales';
import { base } from '../../kit/styles';
import '../../kit/legend';
import '../../kit/strip';
import { subjectTokens } from '../../kit/subject-tokens';
import '../../kit/token-text';
import type { TokenPaint } from '../../kit/token-text';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';

const TICKS = [0, 4, 8, 12, 16].map((bits) => ({ share: bits / 16, text: bits === 16 ? '16+' : `${bits}` }));

/** The text in heat: the warmer, the less expected. */
@customElement('vt-heat-strip')
export class HeatStripElement extends StoreElement {
  static override styles = [base];
  #paint: TokenPaint[] = [];
  #paintedFor: unknown[] = [];

  override render(): TemplateResult {
    const { store } = this;
    const tokens = subjectTokens(store.subject);
    const shares = tokens.flatMap(({ isShown }, i) => (isShown ? [shareAt(store.predictions, i)] : []));
    return html`<vt-strip>
      <vt-token-text
        slot="text"
        label=${t('The text, coloured by surprisal')}
        .tokens=${tokens}
        .paint=${this.#painted()}
        .selected=${store.state.selected.token}
        .hovered=${store.hovered}
        .describe=${(position: number) => describe(store.predictions, position)}
        @token-hover=${(event: CustomEvent<number | undefined>) => store.hover(event.detail)}
        @token-select=${(event: CustomEvent<number>) => store.selectToken(event.detail)}
      ></vt-token-text>
      <vt-legend
        slot="legend"
        ranks
        label=${t('Surprisal, bits')}
        .scale=${store.theme.tint('warm')}
        .ticks=${TICKS}
        .shares=${shares}
      ></vt-legend>
    </vt-strip>`;
  }

  /** The same array while nothing changes: a pointer that moves over thousands of tokens paints nothing anew. */
  #painted(): TokenPaint[] {
    const { predictions, theme, subject } = this.store;
    const scale = theme.tint('warm');
    const key = [predictions, scale, subject];
    if (key.some((part, i) => part !== this.#paintedFor[i])) {
      this.#paintedFor = key;
      this.#paint = subjectTokens(subject).map(({ isShown }, i) => {
        const share = shareAt(predictions, i);
        if (!isShown || Number.isNaN(share)) return {};
        return { background: cssColour(scale(share)), rankClass: rankClassOf(predictions?.rank[i] ?? 0) };
      });
    }
    return this.#paint;
  }
}

function shareAt(predictions: Predictions | undefined, position: number): number {
  return surprisalShare(bitsOf(predictions?.logprob[position] ?? Number.NaN));
}

function describe(predictions: Predictions | undefined, position: number): string {
  const logprob = predictions?.logprob[position] ?? Number.NaN;
  return Number.isNaN(logprob) ? t('no prediction') : t('surprisal {0}', formatBits(bitsOf(logprob)));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-heat-strip': HeatStripElement;
  }
}
