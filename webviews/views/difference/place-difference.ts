import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatEntropy, formatRank } from '../../../src/display/bounds';
import {
  formatCount,
  formatLogprobShort,
  formatNats,
  formatNatsChange,
  formatSigned,
} from '../../../src/display/numbers';
import { bitsOf } from '../../../src/display/scales';
import type { ModelSide } from '../../../src/shared/difference-api';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import type { Compared } from './compared';

/** The numbers of a place under both models, and how far their distributions are apart there. */
@customElement('vt-place-difference')
export class PlaceDifferenceElement extends LitElement {
  @property({ attribute: false }) accessor compared!: Compared;
  @property({ type: Number }) accessor index = 0;

  static override styles = [
    base,
    css`
      table { width: 100%; border-collapse: collapse; margin-bottom: 8px; }
      th { font-weight: 400; text-align: start; color: var(--dim); }
      th[scope='col'] { text-align: end; }
      td { text-align: end; }
      th, td { padding: 2px 0 2px 8px; border-bottom: 1px solid color-mix(in srgb, currentcolor 12%, transparent); }
      th:first-child { padding-left: 0; }
      dl { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 8px; margin: 0 0 8px; }
      dt { color: var(--dim); }
      dd { margin: 0; text-align: end; }
    `,
  ];

  override render(): TemplateResult {
    const { a, b, kl, reverseKl } = this.compared.text.tokens;
    const at = (values: ArrayLike<number>) => values[this.index] ?? Number.NaN;
    const ratio = this.compared.logRatio(this.index);
    // Of a server that names no alternatives there is neither.
    const isRankKnown = ({ rank, rankLimit = Number.POSITIVE_INFINITY }: ModelSide) => at(rank) < rankLimit;
    const rankOf = ({ rank, rankLimit }: ModelSide) => (rankLimit === 0 ? '–' : formatRank(at(rank), rankLimit));
    const entropyText = (bits: number, { isEntropyBound }: ModelSide) =>
      Number.isNaN(bits) ? '–' : formatEntropy(bits, isEntropyBound);
    const isBound = a.isEntropyBound || b.isEntropyBound;
    const [entropyA, entropyB] = [bitsOf(-at(a.entropy)), bitsOf(-at(b.entropy))];
    return html`<table class="number">
        <caption hidden>${t('Of the token that stands here')}</caption>
        <thead><tr><td></td><th scope="col">A</th><th scope="col">B</th><th scope="col">B − A</th></tr></thead>
        <tbody>
          <tr><th scope="row"><vt-term name="probability">${t('probability')}</vt-term></th>
            <td title=${Math.exp(at(a.logprob))}>${formatLogprobShort(at(a.logprob))}</td>
            <td title=${Math.exp(at(b.logprob))}>${formatLogprobShort(at(b.logprob))}</td>
            <td title=${ratio}>${formatNatsChange(ratio)}</td></tr>
          <tr><th scope="row"><vt-term name="rank">${t('rank')}</vt-term></th>
            <td>${rankOf(a)}</td><td>${rankOf(b)}</td>
            <td>${isRankKnown(a) && isRankKnown(b) ? signedCount(at(b.rank) - at(a.rank)) : '–'}</td></tr>
          <tr><th scope="row"><vt-term name="entropy">${t('entropy')}</vt-term></th>
            <td title=${entropyA}>${entropyText(entropyA, a)}</td><td title=${entropyB}>${entropyText(entropyB, b)}</td>
            <td title=${entropyB - entropyA}>${isBound ? '–' : formatSigned(entropyB - entropyA)}</td></tr>
        </tbody>
      </table>
      ${
        this.compared.hasDivergence
          ? html`<dl class="number">
        <dt><vt-term name="kl">KL(A‖B)</vt-term></dt><dd title=${at(kl)}>${formatNats(at(kl))}</dd>
        <dt><vt-term name="reverseKl">KL(B‖A)</vt-term></dt><dd title=${at(reverseKl)}>${formatNats(at(reverseKl))}</dd>
      </dl>`
          : nothing
      }`;
  }
}

const signedCount = (count: number) =>
  count < 0 ? `−${formatCount(-count)}` : count > 0 ? `+${formatCount(count)}` : '0';

declare global {
  interface HTMLElementTagNameMap {
    'vt-place-difference': PlaceDifferenceElement;
  }
}
