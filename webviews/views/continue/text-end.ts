import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../kit/styles';
import { t } from '../../l10n';

const SHOWN_CHARACTERS = 240;

/** The end of the text that the model reads; what it wrote itself is underlined. */
@customElement('vt-text-end')
export class TextEndElement extends LitElement {
  @property() accessor text = '';
  /** What follows the text: the tokens that were drawn. */
  @property() accessor drawn = '';

  static override styles = [
    base,
    css`
      /* What does not fit is above: the end is in view. */
      div { display: flex; flex-direction: column-reverse; max-height: 12em; overflow: auto; }
      p { font-family: var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
      mark { color: inherit; background: none; border-bottom: 2px solid currentcolor; }
      small { display: block; margin-top: 4px; color: var(--dim); font-size: 0.9em; }
    `,
  ];

  override render(): TemplateResult {
    const characters = [...this.text];
    const room = Math.max(SHOWN_CHARACTERS / 4, SHOWN_CHARACTERS - this.drawn.length);
    const shown = characters.slice(-room).join('');
    return html`<div tabindex="0" role="group" aria-label=${t('The end of the text')}><p>${characters.length > room ? '…' : ''}${shown}<mark>${this.drawn}</mark></p></div>
      ${this.drawn === '' ? '' : html`<small>${t('Underlined: what the model wrote.')}</small>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-text-end': TextEndElement;
  }
}
