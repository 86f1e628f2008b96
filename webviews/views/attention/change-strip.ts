import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatBits, formatNats, formatNatsChange } from '../../../src/display/numbers';
import { DIFFERENCE_END_BITS, differenceShare } from '../../../src/display/scales';
import { Memo } from '../../kit/memo';
import '../../kit/legend';
import { PaintedTextElement } from '../../kit/painted-text';
import { subjectTokens } from '../../kit/subject-tokens';
import type { TokenPaint } from '../../kit/token-text';
import { t } from '../../l10n';
import type { AblationChange } from './ablation-change';
import { headName } from './attention-scope';

const formatBitsChange = (bits: number) => `${bits > 0 ? '+' : ''}${formatBits(bits)}`;

const TICKS = [-DIFFERENCE_END_BITS, 0, DIFFERENCE_END_BITS].map((bits) => ({
  share: (differenceShare(bits) + 1) / 2,
  text: `${bits > 0 ? '+' : ''}${bits}`.replace('-', '−'),
}));

/** The text, painted with what the switched-off heads change. */
@customElement('vt-change-strip')
export class ChangeStripElement extends PaintedTextElement {
  @property({ attribute: false }) accessor change: AblationChange | undefined;
  readonly #paint = new Memo<TokenPaint[]>();

  override render(): TemplateResult {
    const { store, change } = this;
    const scale = store.theme.differenceTint;
    const paint = this.#paint.get([change, scale], () =>
      Array.from(change?.bits ?? [], (bits) =>
        Number.isNaN(bits) ? {} : { background: cssColour(scale(differenceShare(bits))) },
      ),
    );
    const legend = html`
        <vt-legend
          diverging
          label=${t('Surprisal, bits less or more')}
          .scale=${scale}
          .ticks=${TICKS}
          .shares=${Array.from(change?.bits ?? [], (bits) => (differenceShare(bits) + 1) / 2)}
        ></vt-legend>
        <p class="note number">${this.#note()}</p>
      `;
    return this.strip(t('The text, coloured by what changes'), paint, this.#describe, legend);
  }

  #note(): string {
    const { change } = this;
    if (!change) return t('Asking the model …');
    const heads = this.store.state.ablated.map(headName).join(', ');
    const { off, on } = change;
    const sums = t(
      'Without {0} the text has log-probability {1}, with it {2} ({3}).',
      heads,
      formatNats(off),
      formatNats(on),
      formatNatsChange(off - on),
    );
    return `${sums} ${this.#most()}`;
  }

  /** The token that it changes most. */
  #most(): string {
    const bits = [...(this.change?.bits ?? [])];
    const tokens = subjectTokens(this.store.subject);
    const sizes = bits.map((change, i) => (tokens[i]?.isShown && !Number.isNaN(change) ? Math.abs(change) : 0));
    const most = sizes.indexOf(Math.max(...sizes));
    const label = tokens[most]?.label ?? '';
    return bits.length > 1 ? t('Most at {0}: {1}.', label, formatBitsChange(bits[most] ?? 0)) : '';
  }

  readonly #describe = (position: number): string => {
    const bits = this.change?.bits[position] ?? Number.NaN;
    return Number.isNaN(bits) ? t('no prediction') : t('surprisal {0}', formatBitsChange(bits));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-change-strip': ChangeStripElement;
  }
}
