import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatBits, formatCount, formatLogprob, formatNats } from '../../../src/shared/numbers';
import { bitsOf } from '../../../src/shared/scales';
import type { Term } from '../../glossary';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import type { Place } from './place';

interface Row {
  term: Term;
  name: () => string;
  value: (place: Place) => number;
  text: (place: Place) => string;
}

const ROWS: readonly Row[] = [
  {
    term: 'probability',
    name: () => t('probability'),
    value: ({ logprob }) => Math.exp(logprob),
    text: ({ logprob }) => formatLogprob(logprob),
  },
  { term: 'rank', name: () => t('rank'), value: ({ rank }) => rank + 1, text: ({ rank }) => formatCount(rank + 1) },
  {
    term: 'surprisal',
    name: () => t('surprisal'),
    value: ({ logprob }) => bitsOf(logprob),
    text: ({ logprob }) => formatBits(bitsOf(logprob)),
  },
  {
    term: 'loss',
    name: () => t('cross-entropy loss, −ln p'),
    value: ({ logprob }) => -logprob,
    text: ({ logprob }) => formatNats(-logprob),
  },
  {
    term: 'entropy',
    name: () => t('entropy before it'),
    value: ({ entropy }) => entropy,
    text: ({ entropy }) => formatBits(entropy),
  },
];

/** The numbers of the token that stands at a place, beside those from before tokens were changed. */
@customElement('vt-place-numbers')
export class PlaceNumbersElement extends LitElement {
  @property({ attribute: false }) accessor place!: Place;
  @property({ attribute: false }) accessor original: Place | undefined;

  static override styles = [
    base,
    css`
      :host { display: block; }
      table { width: 100%; border-collapse: collapse; }
      th { font-weight: 400; text-align: start; color: var(--dim); padding: 1px 0; }
      td, thead th { text-align: end; padding-left: 16px; }
      td { white-space: nowrap; }
    `,
  ];

  override render(): TemplateResult {
    const { place, original } = this;
    const number = (row: Row, from: Place) => html`<td class="number" title=${row.value(from)}>${row.text(from)}</td>`;
    return html`<table>
      <caption hidden>${t('The token that stands here')}</caption>
      ${
        original
          ? html`<thead><tr><td></td><th scope="col">${t('in the document')}</th><th scope="col">${t('as changed')}</th></tr></thead>`
          : nothing
      }
      <tbody>
        ${ROWS.map(
          (row) =>
            html`<tr>
              <th scope="row"><vt-term name=${row.term}>${row.name()}</vt-term></th>
              ${original ? number(row, original) : nothing}${number(row, place)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-place-numbers': PlaceNumbersElement;
  }
}
