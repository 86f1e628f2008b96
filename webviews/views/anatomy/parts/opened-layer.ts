import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatSi } from '../../../../src/display/format-si';
import { formatProbability } from '../../../../src/display/numbers';
import {
  ANATOMY_PARTS,
  type AnatomyPart,
  type AnatomyTensor,
  type ModelAnatomy,
} from '../../../../src/shared/anatomy-api';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './head-chips';
import type { Opened } from './model-drawing';
import { partColour } from './part-colours';
import { PART_TITLES } from './part-names';
import './tensor-list';
import { elementsOf, endTensors, tensorsOfLayer } from './tensors';

/** A layer, or what stands before the first or after the last: its parts, with the tensors of each. */
@customElement('vt-opened-layer')
export class OpenedLayerElement extends StoreElement {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  @property({ attribute: false }) accessor opened!: Opened;

  static override styles = [base, css`section { margin-bottom: 12px; }`];

  override render(): TemplateResult {
    const tensors =
      typeof this.opened === 'number'
        ? tensorsOfLayer(this.anatomy, this.opened)
        : endTensors(this.anatomy, this.opened);
    const isTied = this.opened === 'unembedding' && this.anatomy.tieWordEmbeddings;
    return html`${isTied ? html`<p>${t('The matrix of the embedding is read here once more: it makes a score of every token of the vocabulary. The file has it once.')}</p>` : nothing}
      ${ANATOMY_PARTS.map((part) =>
        this.#part(
          part,
          tensors.filter((tensor) => tensor.part === part),
        ),
      )}`;
  }

  /** The longest side of what is drawn at one scale. An embedding is far longer than wide, and cut off. */
  get #longest(): number {
    const { opened, anatomy } = this;
    const sides =
      typeof opened === 'number' ? tensorsOfLayer(anatomy, opened).flatMap(({ shape }) => shape.slice(-2)) : [];
    return Math.max(anatomy.hiddenSize, ...sides);
  }

  #part(part: AnatomyPart, tensors: readonly AnatomyTensor[]): TemplateResult | typeof nothing {
    if (tensors.length === 0) return nothing;
    const { parameters, layers } = this.anatomy;
    const elements = elementsOf(tensors);
    const attention = typeof this.opened === 'number' ? layers[this.opened]?.attention : undefined;
    return html`<section>
      <h2>${PART_TITLES[part]()}<small class="number">${formatSi(elements)} · ${formatProbability(elements / parameters)}</small></h2>
      ${
        part === 'attention' && attention && typeof this.opened === 'number'
          ? html`<vt-head-chips .store=${this.store} .layer=${this.opened} .attention=${attention}></vt-head-chips>`
          : nothing
      }
      <vt-tensor-list
        .store=${this.store}
        .tensors=${tensors}
        .parameters=${parameters}
        .longest=${this.#longest}
        .colour=${partColour(part, this.store.theme)}
        .opened=${this.store.viewState.get<string>('anatomy.tensor', '')}
        @open-tensor=${({ detail }: CustomEvent<string>) => {
          this.store.viewState.set('anatomy.tensor', detail);
          this.requestUpdate();
        }}
      ></vt-tensor-list>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-opened-layer': OpenedLayerElement;
  }
}
