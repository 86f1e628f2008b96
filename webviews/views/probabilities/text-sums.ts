import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatDecimal, formatNats, formatPerplexity } from '../../../src/display/numbers';
import type { Sums } from '../../../src/display/sums';
import type { Term } from '../../glossary';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import './class-sums';
import {
  type ComparedRow,
  ComparedSumsElement,
  comparedStyles,
  comparedTable,
  formatDifference,
} from './compared-table';

interface Quantity {
  term: Term;
  name: () => string;
  value: (sums: Sums) => number | undefined;
  text: (value: number) => string;
}

const QUANTITIES: readonly Quantity[] = [
  { term: 'logprob', name: () => t('log-probability'), value: ({ logprob }) => logprob, text: formatNats },
  { term: 'perplexity', name: () => t('perplexity'), value: ({ perplexity }) => perplexity, text: formatPerplexity },
  {
    term: 'bitsPerCharacter',
    name: () => t('bits a character'),
    value: ({ bitsPerCharacter }) => bitsPerCharacter,
    text: formatDecimal,
  },
];

/** What a text of which something is predicted comes to: how probable it is as a whole, and how often the model guessed right. */
@customElement('vt-text-sums')
export class TextSumsElement extends ComparedSumsElement {
  /** Up to which ranks are known; undefined where all are. */
  @property({ attribute: false }) accessor rankLimit: number | undefined;

  static override styles = [
    base,
    comparedStyles,
    css`
      :host { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); gap: 16px 32px; }
      section { min-width: 0; }
    `,
  ];

  override render(): TemplateResult {
    const { sums, changed, tint, rankLimit } = this;
    const rows = QUANTITIES.map((quantity) => rowOf(quantity, sums, changed));
    return html`<section>
        <h2><vt-term name="rankClass">${t('How often it was right')}</vt-term></h2>
        ${
          rankLimit === 0
            ? html`<p class="dim">${t('The server tells of no token how many are more probable.')}</p>`
            : html`<vt-class-sums .sums=${sums} .changed=${changed} .tint=${tint} .rankLimit=${rankLimit}></vt-class-sums>`
        }
      </section>
      <section>
        <h2>${t('The text as a whole')}</h2>
        ${comparedTable(t('The text as a whole'), rows, { isChanged: changed !== undefined, differs: true })}
      </section>`;
  }
}

function rowOf({ term, name, value, text }: Quantity, sums: Sums, changed: Sums | undefined): ComparedRow {
  const [before, after] = [value(sums), changed && value(changed)];
  const figure = (of: number | undefined) => ({ text: text(of ?? Number.NaN), value: of });
  const difference = (after ?? Number.NaN) - (before ?? Number.NaN);
  const figures = [figure(after), { text: formatDifference(difference, text), value: difference }];
  return {
    name: html`<vt-term name=${term}>${name()}</vt-term>`,
    figures: [figure(before), ...(changed ? figures : [])],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-text-sums': TextSumsElement;
  }
}
