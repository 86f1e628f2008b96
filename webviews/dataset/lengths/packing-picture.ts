import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatProbability } from '../../../src/display/numbers';
import type { Packing, PackingWay } from '../../../src/shared/lengths-api';
import type { LengthsState } from '../../../src/shared/lengths-page-api';
import { hatched } from '../../kit/hatch';
import '../../kit/slider';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { t } from '../../l10n';

/** Lengths of contexts that models are trained with. */
const CONTEXTS = Array.from({ length: 11 }, (_, i) => 2 ** (i + 7));

/** How documents fill contexts of a length that a slider sets, in both ways, and what is wasted. Event: `slide` with the length. */
@customElement('vt-packing-picture')
export class PackingPictureElement extends LitElement {
  @property({ attribute: false }) accessor lengths!: LengthsState;

  static override styles = [
    base,
    css`
      vt-slider { max-width: 480px; }
      dl { margin: 8px 0 0; }
      dt { margin-top: 8px; font-weight: 600; }
      dd { margin: 0; }
      .bar { display: flex; max-width: 480px; height: 10px; margin: 4px 0; border: 1px solid currentcolor; }
      .full { background: color-mix(in srgb, currentcolor 45%, transparent); }
      .empty { background: ${hatched}; }
    `,
  ];

  override render(): TemplateResult {
    const { context, packings } = this.lengths;
    const tokens = (count: number) => t('{0} tokens', formatCount(count));
    return html`<vt-slider label=${t('Length of a context')} .stops=${CONTEXTS} .value=${context} .format=${tokens} @slide=${this.#passOn}></vt-slider>
      <dl class="number">${packings && (['concatenated', 'bestFit'] as const).map((way) => this.#way(way, packings[way]))}</dl>`;
  }

  #way(way: PackingWay, { contexts, padding, cut }: Packing): TemplateResult {
    const { context, summary } = this.lengths;
    const places = Math.max(1, contexts * context);
    const documents = summary?.documents ?? 0;
    const waste = padding / places;
    return html`<dt>${way === 'concatenated' ? t('One after another, cut where a context ends') : t('Whole documents, each where the least room is left')}</dt>
      <dd>
        <div class="bar" aria-hidden="true"><i class="full" ${styled({ width: `${100 * (1 - waste)}%` })}></i><i class="empty" ${styled({ width: `${100 * waste}%` })}></i></div>
        ${t('{0} contexts, of which {1} stays empty; {2} of {3} documents are cut ({4})', formatCount(contexts), formatProbability(waste), formatCount(cut), formatCount(documents), formatProbability(cut / Math.max(1, documents)))}
      </dd>`;
  }

  readonly #passOn = ({ detail }: CustomEvent<number>) => this.dispatchEvent(new CustomEvent('slide', { detail }));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-packing-picture': PackingPictureElement;
  }
}
