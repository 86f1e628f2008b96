import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { wordSpans } from '../../../src/shared/words';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';

/** Characters in which the last word of a text is looked for. */
const LOOKED_AT = 100;

/** Says where the text ends inside a word, as a cursor in it has it, and offers to go to the word's end. */
@customElement('vt-half-word')
export class HalfWordElement extends StoreElement {
  static override styles = [
    base,
    css`
      div { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; border-inline-start: 3px solid currentcolor; padding-inline-start: 8px; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { text = '', restOfWord } = this.store.subject ?? {};
    if (!restOfWord) return nothing;
    const end = text.slice(-LOOKED_AT);
    const half = end.slice(wordSpans(end).at(-1)?.start ?? 0);
    return html`<div role="note">
      <span>${t('The text ends inside the word “{0}”: the model goes on from “{1}”.', half + restOfWord, half)}</span>
      ${
        this.store.isLive ? button(t('Go on from the end of the word'), () => this.store.host.readToWordEnd()) : nothing
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-half-word': HalfWordElement;
  }
}
