import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { visibleText } from '../../../src/display/glyphs';
import type { DigitToken } from '../../../src/shared/inspector-api';
import { base } from '../../kit/styles';
import { t } from '../../l10n';

/** Tokens of a number side by side, each with its id below. */
@customElement('vt-digit-chips')
export class DigitChipsElement extends LitElement {
  @property({ attribute: false }) accessor tokens: readonly DigitToken[] = [];
  /** Without ids, for rows of many. */
  @property({ type: Boolean }) accessor plain = false;

  static override styles = [
    base,
    css`
      :host { display: inline-block; font-family: var(--mono); }
      ul { display: inline-flex; flex-wrap: wrap; gap: 2px; margin: 0; padding: 0; list-style: none; }
      li { padding: 0 4px; text-align: center; white-space: pre; background: color-mix(in srgb, currentcolor 11%, transparent); outline: 1px solid var(--vscode-contrastBorder, transparent); }
      li:nth-child(even) { background: color-mix(in srgb, currentcolor 20%, transparent); }
      small { display: block; font-size: 0.8em; }
    `,
  ];

  override render(): TemplateResult {
    return html`<ul>${this.tokens.map(({ id, text }) => this.#chip(visibleText(text), id))}</ul>`;
  }

  #chip(text: string, id: number): TemplateResult {
    return html`<li title=${t('token {0}', id)}>${text}${this.plain ? '' : html`<small class="number">${id}</small>`}</li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-digit-chips': DigitChipsElement;
  }
}
