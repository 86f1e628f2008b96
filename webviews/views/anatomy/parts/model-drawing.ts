import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { OneStop } from '../../../kit/one-stop';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import { drawingStyles } from './drawing-styles';
import type { LayerMeasure, Measure, Measured, MeasuredText } from './measures';
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
  @property({ attribute: false }) accessor text!: MeasuredText;
  @property({ attribute: false }) accessor opened: Opened | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  readonly #stops = new OneStop(this, 'button.row');

  static override styles = [base, css`:host { container-type: inline-size; }`, drawingStyles];

  override render(): TemplateResult {
    const { anatomy } = this;
    const measured = this.measure.of(anatomy, this.text);
    const widest = widestOf(measured);
    const { attention, mlp } = widest;
    const hasKinds = anatomy.layers.some((layer) => kindText(layer) !== '');
    const share = (100 * attention) / (attention + mlp);
    const columns = `2.5em minmax(6em, ${share}fr) 10px minmax(4em, ${100 - share}fr) ${hasKinds ? 'minmax(0, 14em) ' : ''}6em`;
    return html`<ol ${styled({ '--columns': columns, '--rows': `${anatomy.layers.length + 3}` })}>
      ${this.#end('embedding', t('{0} numbers a token', formatCount(anatomy.hiddenSize)), measured?.embedding)}
      <li class="columns head">
        <span class="left end"><vt-term name="attention">${t('attention')}</vt-term></span><i class="stream"></i>
        <span><vt-term name="mlp">${t('MLP')}</vt-term></span><span class="number">${this.#endTitle()}</span>
      </li>
      ${anatomy.layers.map((layer, index) => this.#layer(index, kindText(layer), measured?.layers[index], widest))}
      ${this.#end('unembedding', t('{0} scores a token', formatCount(anatomy.vocabSize)), measured?.unembedding)}
    </ol>`;
  }

  #layer(index: number, kind: string, layer: LayerMeasure | undefined, widest: Widest): TemplateResult {
    const bar = (part: keyof Widest) => {
      if (layer === undefined) return nothing;
      const width = (100 * layer[part]) / widest[part];
      return html`<i class="bar" ${styled({ width: `${width}%`, 'background-color': partColour(part, this.theme) })}></i>`;
    };
    return this.#row(
      index,
      html`<span class="number dim"><span class="unseen">${t('layer')} </span>${formatCount(index)}</span>
        <span class="left">${bar('attention')}</span><i class="stream"></i>
        <span class="right">${bar('mlp')}</span>${kind ? html`<small class="kind" title=${kind}>${kind}</small>` : nothing}
        <span class="number">${layer === undefined ? nothing : this.#numbers(layer)}</span>`,
    );
  }

  #endTitle(): TemplateResult {
    const { endTitle, endTerm } = this.measure;
    return endTerm ? html`<vt-term name=${endTerm}>${endTitle()}</vt-term>` : html`${endTitle()}`;
  }

  #numbers({ attention, mlp, end }: LayerMeasure): TemplateResult {
    const { format, endTitle } = this.measure;
    return html`<span class="unseen">${t('attention')} ${format(attention)}, ${t('MLP')} ${format(mlp)}, ${endTitle()} </span
      >${format(end)}`;
  }

  /** What stands before the first layer, or after the last. @param leaves what comes out of it */
  #end(opened: 'embedding' | 'unembedding', leaves: string, value: number | undefined): TemplateResult {
    const isTied = opened === 'unembedding' && this.anatomy.tieWordEmbeddings;
    const text = isTied ? t('{0}, by the matrix of the embedding', leaves) : leaves;
    return this.#row(
      opened,
      html`<span class="left end">${PART_TITLES[opened]()}</span><i class="stream"></i>
        <span class="right leaves"><small title=${text}>${text}</small></span
        ><span class="number">${value === undefined ? nothing : this.measure.format(value)}</span>`,
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

type Widest = Pick<LayerMeasure, 'attention' | 'mlp'>;

/** The longest bar of each side. */
function widestOf(measured: Measured | undefined): Widest {
  const widest = (part: keyof Widest) =>
    Math.max(...(measured?.layers ?? []).map((layer) => layer[part]), Number.MIN_VALUE);
  return { attention: widest('attention'), mlp: widest('mlp') };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-model-drawing': ModelDrawingElement;
  }
  interface HTMLElementEventMap {
    open: CustomEvent<Opened>;
  }
}
