import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatEntropy, formatRank } from '../../../src/display/bounds';
import { formatBits, formatLogprobShort, formatNats } from '../../../src/display/numbers';
import { bitsOf } from '../../../src/display/scales';
import type { Term } from '../../glossary';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import { comparedStyles, comparedTable, type Figure } from './compared-table';
import type { Place } from './place';

interface Row {
  term: Term;
  name: () => string;
  value: (place: Place) => number | string | undefined;
  text: (place: Place) => string;
  /** Where not every model tells it. */
  isKnown?: (place: Place) => boolean;
}

const ROWS: readonly Row[] = [
  {
    term: 'probability',
    name: () => t('probability'),
    value: ({ logprob }) => Math.exp(logprob),
    text: ({ logprob }) => formatLogprobShort(logprob),
  },
  {
    term: 'rank',
    name: () => t('rank'),
    value: ({ rank, rankLimit }) => (rank < (rankLimit ?? Number.POSITIVE_INFINITY) ? rank + 1 : undefined),
    text: ({ rank, rankLimit }) => formatRank(rank, rankLimit),
    isKnown: ({ rankLimit }) => rankLimit !== 0,
  },
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
    value: ({ entropy, isEntropyBound }) => (isEntropyBound ? `≥ ${entropy}` : entropy),
    text: ({ entropy, isEntropyBound }) => formatEntropy(entropy, isEntropyBound),
    isKnown: ({ entropy }) => !Number.isNaN(entropy),
  },
];

/** The numbers of the token that stands at a place, beside those from before tokens were changed. */
@customElement('vt-place-numbers')
export class PlaceNumbersElement extends LitElement {
  @property({ attribute: false }) accessor place!: Place;
  @property({ attribute: false }) accessor original: Place | undefined;

  static override styles = [base, comparedStyles];

  override render(): TemplateResult {
    const { place, original } = this;
    const figure = (row: Row, from: Place): Figure => ({ text: row.text(from), value: row.value(from) });
    const known = ROWS.filter(({ isKnown }) => isKnown?.(place) ?? true);
    const rows = known.map((row) => ({
      name: html`<vt-term name=${row.term}>${row.name()}</vt-term>`,
      figures: [original && figure(row, original), figure(row, place)],
    }));
    return comparedTable(t('The token that stands here'), rows, { isChanged: original !== undefined });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-place-numbers': PlaceNumbersElement;
  }
}
