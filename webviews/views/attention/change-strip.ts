import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatBits, formatNats, formatNatsChange } from '../../../src/display/numbers';
import { DIFFERENCE_END_BITS, differenceShare } from '../../../src/display/scales';
import { Memo } from '../../kit/memo';
import '../../kit/legend';
import '../../kit/strip';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import '../../kit/token-text';
import type { TokenPaint } from '../../kit/token-text';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import type { AblationChange } from './ablation-change';
import { headName } from './attention-scope';
import { revealToken } from './reveal-token';

const formatBitsChange = (bits: number) => `${bits > 0 ? '+' : ''}${formatBits(bits)}`;

const TICKS = [-DIFFERENCE_END_BITS, 0, DIFFERENCE_END_BITS].map((bits) => ({
  share: (differenceShare(bits) + 1) / 2,
  text: `${bits > 0 ? '+' : ''}${bits}`.replace('-', '−'),
}));

/** The text, painted with what the switched-off heads change. */
@customElement('vt-change-strip')
export class ChangeStripElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ attribute: false }) accessor change: AblationChange | undefined;
  @property({ attribute: false }) accessor selected: number | undefined;
  @property({ attribute: false }) accessor hovered: number | undefined;
  readonly #paint = new Memo<TokenPaint[]>();

  static override styles = [
    base,
    css`
      :host { display: contents; }
      /* As high as the other strip's: the switch below stays where it is. */
      .legend { min-height: 112px; }
      .note { margin-top: 4px; font-size: 0.85em; color: var(--dim); }`,
  ];

  override updated(changed: PropertyValues): void {
    if (changed.has('selected')) void revealToken(this, this.selected);
  }

  override render(): TemplateResult {
    const { store, change } = this;
    const scale = store.theme.differenceTint;
    const paint = this.#paint.get([change, scale], () =>
      Array.from(change?.bits ?? [], (bits) =>
        Number.isNaN(bits) ? {} : { background: cssColour(scale(differenceShare(bits))) },
      ),
    );
    return html`<vt-strip>
      <vt-token-text
        slot="text"
        label=${t('The text, coloured by what changes')}
        .tokens=${subjectTokens(store.subject)}
        .paint=${paint}
        .selected=${this.selected}
        .hovered=${this.hovered}
        .describe=${this.#describe}
        @token-hover=${(event: CustomEvent<number | null>) => store.hover(event.detail)}
        @token-select=${(event: CustomEvent<number>) => store.selectToken(event.detail)}
      ></vt-token-text>
      <div slot="legend" class="legend">
        <vt-legend
          diverging
          label=${t('Surprisal, bits less or more')}
          .scale=${scale}
          .ticks=${TICKS}
          .shares=${Array.from(change?.bits ?? [], (bits) => (differenceShare(bits) + 1) / 2)}
        ></vt-legend>
        <p class="note number">${this.#note()}</p>
      </div>
    </vt-strip>`;
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
