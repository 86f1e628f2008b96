import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatCount, formatDecimal } from '../../../../src/display/numbers';
import { bitsOf } from '../../../../src/display/scales';
import { base } from '../../../kit/styles';
import { subjectTokens } from '../../../kit/subject-tokens';
import '../../../kit/term';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';

/** What the text that is inspected costs the model a byte: what can be held against other models. */
@customElement('vt-bits-per-byte')
export class BitsPerByteElement extends StoreElement {
  static override styles = base;

  override render(): TemplateResult {
    return html`<h2><vt-term name="bitsPerByte">${t('Bits a byte')}</vt-term></h2><p>${this.#sentence()}</p>`;
  }

  #sentence(): string {
    const { predictions, subject } = this.store;
    // Nothing predicts the first token of a text.
    const counted = subjectTokens(subject).flatMap(({ isShown, text }, position) => {
      const bits = bitsOf(predictions?.logprob[position] ?? Number.NaN);
      return isShown && !Number.isNaN(bits) ? [{ bits, text }] : [];
    });
    const bytes = new TextEncoder().encode(counted.map(({ text }) => text).join('')).length;
    if (bytes === 0) return t('Inspect a text of two tokens or more to see what it costs this model.');
    const bits = counted.reduce((sum, token) => sum + token.bits, 0);
    const each = formatDecimal(bits / bytes);
    if (bytes === 1) return t('The text costs this model {0} bits a byte, and has 1 byte.', each);
    const [all, count] = [formatDecimal(bits), formatCount(bytes)];
    return t('The text costs this model {0} bits a byte: {1} bits for {2} bytes.', each, all, count);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-bits-per-byte': BitsPerByteElement;
  }
}
