import { sentence } from '../../../shared/errors';
import type { Span } from '../../../shared/filters-api';
import type { DocumentText } from '../../text/document-text';
import type { DocumentFilter, Measure } from '../filter';
import { cardNumbers, ibans, phoneNumbers } from './account-numbers';
import { emails } from './emails';
import { ipAddresses } from './ip-addresses';

const HIGH = sentence`A page with many of them is a list of people, of which a model learns their names and little else.`;
const ANY = sentence`What a model has read once it may say to anybody.`;

const count = (name: string, threshold: number, title: Measure['title'], why: Measure['why']): Measure => ({
  name,
  removes: 'above',
  threshold,
  slider: { minimum: 0, maximum: 50, step: 1 },
  draw: 'count',
  title,
  why,
});

const FINDERS: Record<string, (text: string) => Span[]> = {
  pii_emails: emails,
  pii_ips: ipAddresses,
  pii_phones: phoneNumbers,
  pii_ibans: ibans,
  pii_cards: cardNumbers,
};

/**
 * Documents with personal data. FineWeb keeps them and replaces e-mail and IP addresses (`PersonalDataReplacer`); its patterns
 * are those of the first two measures. The others, and all thresholds, are ours.
 */
export class PersonalDataFilter implements DocumentFilter<DocumentText> {
  readonly kind = 'document';
  readonly name = 'pii';
  readonly title = sentence`Personal data`;
  readonly why =
    sentence`E-mail and public IP addresses by datatrove's patterns; phone, account and card numbers by Vitrine's. FineWeb replaces addresses and keeps the document; this rule removes documents that have many.`;
  readonly measures: readonly Measure[] = [
    count('pii_emails', 5, sentence`E-mail addresses`, HIGH),
    count('pii_ips', 5, sentence`Public IP addresses`, HIGH),
    count('pii_phones', 5, sentence`Phone numbers`, HIGH),
    count('pii_ibans', 0, sentence`Bank account numbers (IBAN)`, ANY),
    count('pii_cards', 0, sentence`Card numbers`, ANY),
  ];

  measure({ text }: DocumentText, numbers: Float32Array, at: number): void {
    this.measures.forEach(({ name }, i) => {
      numbers[at + i] = FINDERS[name]?.(text).length ?? 0;
    });
  }

  spans(document: DocumentText, measure: string): Span[] {
    return (FINDERS[measure]?.(document.text) ?? []).map(({ start, end }) => document.span(start, end));
  }
}
