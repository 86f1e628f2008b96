import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatDecimal, formatProbability } from '../../../src/display/numbers';
import { wordSpans } from '../../../src/shared/words';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';

/** How many tokens a text has, and what that is of its characters, its words and the model's context. */
@customElement('vt-token-statistics')
export class TokenStatisticsElement extends LitElement {
  @property() accessor text = '';
  @property({ type: Number }) accessor count = 0;
  /** Tokens that the model can read at once; 0 for a vocabulary without a model. */
  @property({ type: Number }) accessor context = 0;

  static override styles = [
    base,
    css`
      dl { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 0; }
      dl div { display: flex; flex-direction: column-reverse; }
      dt { color: var(--dim); font-size: 0.9em; }
      dd { margin: 0; font-size: 1.2em; }
    `,
  ];

  override render(): TemplateResult {
    const { count, text, context } = this;
    const characters = [...text].length;
    const words = wordSpans(text).length;
    return html`<dl class="number">
      ${figure(formatCount(count), html`<vt-term name="token">${count === 1 ? t('token') : t('tokens')}</vt-term>`)}
      ${figure(formatCount(characters), characters === 1 ? t('character') : t('characters'))}
      ${count > 0 ? figure(formatDecimal(characters / count), t('characters a token')) : ''}
      ${words > 0 ? figure(formatDecimal(count / words), t('tokens a word')) : ''}
      ${
        context > 0
          ? figure(formatProbability(count / context), html`<vt-term name="context">${t('of the context')}</vt-term>`)
          : ''
      }
    </dl>`;
  }
}

function figure(value: string, name: string | TemplateResult): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-token-statistics': TokenStatisticsElement;
  }
}
