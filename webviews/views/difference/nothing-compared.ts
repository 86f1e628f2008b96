import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';

/** What one can compare, while nothing is compared. */
@customElement('vt-nothing-compared')
export class NothingComparedElement extends StoreElement {
  static override styles = [
    base,
    css`
      :host { display: grid; gap: 12px; padding: 16px; justify-items: start; }
      ul { margin: 0; padding-inline-start: 20px; max-width: 64ch; }
      li { padding-block: 2px; }
    `,
  ];

  override render(): TemplateResult {
    const { store } = this;
    return html`<p>${t('Hold the model in use (A) against another (B), on your own text: which words each expected, where they part, and by how much.')}</p>
      <ul>${POSSIBILITIES().map((text) => html`<li>${text}</li>`)}</ul>
      ${
        store.isLive
          ? button(t('Compare With…'), () => store.host.compareWith(), { isPrimary: true })
          : html`<p class="dim">${t('Nothing was compared when this file was written.')}</p>`
      }`;
  }
}

const POSSIBILITIES = () => [
  t('another model: a base and its assistant, a file or a folder'),
  t('an adapter (LoRA) on the same base, with a slider from base to tuned'),
  t('another quantization of the same weights: which tokens suffer'),
  t('the same model with its chat template, with heads off, or steered'),
];

declare global {
  interface HTMLElementTagNameMap {
    'vt-nothing-compared': NothingComparedElement;
  }
}
