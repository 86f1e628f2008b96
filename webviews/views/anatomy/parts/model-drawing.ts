import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatSi } from '../../../../src/display/format-si';
import { formatCount } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { OneStop } from '../../../kit/one-stop';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import { drawingStyles } from './drawing-styles';
import { elementsOf, type LayerMeasure, type Measure, tensorsOfLayer } from './measures';
import { partColour } from './part-colours';
import { kindText, PART_TITLES } from './part-names';

/** What is opened: a layer, or what stands before the first or after the last. */
export type Opened = number | 'embedding' | 'unembedding';

/**
 * A model as it lies along its residual stream: the stream runs down the middle, attention hangs from it to the left and the
 * MLP to the right, as long as what is measured of them. What is opened stands in the slot, beside the drawing where there is
 * room, else below its row.
 *
 * Event: `open` with what shall be opened.
 */
@customElement('vt-model-drawing')
export class ModelDrawingElement extends LitElement {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  @property({ attribute: false }) accessor measure!: Measure;
  /** Of the text that is measured. */
  @property({ type: Number }) accessor tokens = 0;
  @property({ attribute: false }) accessor opened: Opened | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  readonly #stops = new OneStop(this, 'button.row');

  static override styles = [base, css`:host { container-type: inline-size; }`, drawingStyles];

  override render(): TemplateResult {
    const layers = this.measure.of(this.anatomy, this.tokens);
    const widest = (part: keyof LayerMeasure) => Math.max(...layers.map((layer) => layer[part]), Number.MIN_VALUE);
    const [attention, mlp] = [widest('attention'), widest('mlp')];
    const total = attention + mlp;
    const columns = `2.5em minmax(0, ${attention / total}fr) 10px minmax(0, ${mlp / total}fr) 5em`;
    return html`<ol ${styled({ '--columns': columns, '--rows': `${layers.length + 3}` })}>
      ${this.#end('embedding', t('{0} numbers a token', formatCount(this.anatomy.hiddenSize)))}
      <li class="columns head" aria-hidden="true">
        <span class="left end">${t('attention')}</span><i class="stream"></i><span>${t('MLP')}</span>
      </li>
      ${layers.map((layer, index) => this.#layer(index, layer, { attention, mlp }))}
      ${this.#end('unembedding', t('{0} scores a token', formatCount(this.anatomy.vocabSize)))}
    </ol>`;
  }

  #layer(index: number, layer: LayerMeasure, widest: LayerMeasure): TemplateResult {
    const { format } = this.measure;
    const info = this.anatomy.layers[index];
    const kind = info ? kindText(info) : '';
    const bar = (part: keyof LayerMeasure) =>
      html`<i class="bar" ${styled({ width: `${(100 * layer[part]) / widest[part]}%`, 'background-color': partColour(part, this.theme) })}></i>`;
    return this.#row(
      index,
      html`<span class="number dim"><span class="unseen">${t('layer')} </span>${formatCount(index)}</span>
        <span class="left">${bar('attention')}</span><i class="stream"></i>
        <span class="right">${bar('mlp')}${kind ? html`<small>${kind}</small>` : nothing}</span>
        <span class="number">
          <span class="unseen">${t('attention')} ${format(layer.attention)}, ${t('MLP')} ${format(layer.mlp)}, ${t('together')} </span
          >${format(layer.attention + layer.mlp)}</span>`,
    );
  }

  /** What stands before the first layer, or after the last. @param leaves what comes out of it */
  #end(opened: 'embedding' | 'unembedding', leaves: string): TemplateResult {
    const matrix = endTensors(this.anatomy, opened).filter(({ part }) => part === opened);
    return this.#row(
      opened,
      html`<span class="left end">${PART_TITLES[opened]()}</span><i class="stream"></i>
        <span class="right dim">${leaves}</span><span class="number">${matrix.length > 0 ? formatSi(elementsOf(matrix)) : t('the same')}</span>`,
    );
  }

  #row(opened: Opened, content: TemplateResult): TemplateResult {
    const isOpened = this.opened === opened;
    const open = () => this.dispatchEvent(new CustomEvent('open', { detail: opened, bubbles: true, composed: true }));
    return html`<li>
        <button
          class="row columns"
          data-layer=${opened}
          aria-expanded=${isOpened}
          @click=${open}
          @focus=${this.#stops.focused}
          @keydown=${this.#stops.keyPressed}
        >${content}</button>
      </li>
      ${isOpened ? html`<li class="opened"><slot></slot></li>` : nothing}`;
  }
}

/** Tensors before the first layer, or after the last. */
export function endTensors(anatomy: ModelAnatomy, end: 'embedding' | 'unembedding') {
  return tensorsOfLayer(anatomy, undefined).filter(({ part }) => (part === 'embedding') === (end === 'embedding'));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-model-drawing': ModelDrawingElement;
  }
  interface HTMLElementEventMap {
    open: CustomEvent<Opened>;
  }
}
