import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatSeconds } from '../../../src/display/numbers';
import type { ModelInfo } from '../../../src/shared/engine-api';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';

/** What the tokens go through: the model's shape, and how long it took. */
@customElement('vt-model-pass')
export class ModelPassElement extends LitElement {
  @property({ attribute: false }) accessor model: ModelInfo | undefined;
  /** Undefined where the text had been read before. */
  @property({ attribute: false }) accessor seconds: number | undefined;

  static override styles = [
    base,
    css`
      dl { margin: 0 0 8px; max-width: 28ch; }
      dl div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; }
      dt { color: var(--dim); }
      dd { margin: 0 0 0 auto; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (model?.parameters === undefined) return nothing;
    const { numHiddenLayers, numAttentionHeads, hiddenSize, parameters } = model;
    return html`<dl class="number">
        <div>
          <dt><vt-term name="layer">${t('layers')}</vt-term> × <vt-term name="head">${t('heads')}</vt-term></dt>
          <dd>${numHiddenLayers} × ${numAttentionHeads}</dd>
        </div>
        <div><dt>${t('width')}</dt><dd>${formatCount(hiddenSize)}</dd></div>
        <div><dt>${t('weights')}</dt><dd>${t('{0} million', formatCount(parameters / 1e6))}</dd></div>
        <div>
          <dt>${t('time')}</dt>
          <dd>${this.seconds === undefined ? t('read before') : formatSeconds(this.seconds)}</dd>
        </div>
      </dl>
      <p>
        ${t('Each token passes all layers and takes in the ones before. What leaves the last layer at the last token is compared with every token of the vocabulary:')}
        <vt-term name="logit">${t('one logit each')}</vt-term>.
      </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-model-pass': ModelPassElement;
  }
}
