import { type Sentence, sentence } from '../../../shared/errors';
import type { Span } from '../../../shared/filters-api';
import type { DocumentText } from '../../text/document-text';
import { documentFilter, type MeasureOf } from '../document-filter';
import type { DocumentFilter } from '../filter';
import { cardNumbers, ibans, phoneNumbers } from './account-numbers';
import { emails } from './emails';
import { ipAddresses } from './ip-addresses';

/** How many a document has. */
function countOf(
  find: (text: string) => Span[],
  words: { name: string; threshold: number; title: Sentence; why: Sentence },
): MeasureOf<string> {
  const value = (text: string) => find(text).length;
  return {
    ...words,
    removes: 'above',
    slider: { minimum: 0, maximum: 50, step: 1 },
    draw: 'count',
    value,
    spans: find,
  };
}

/**
 * Documents with personal data. FineWeb keeps them and replaces e-mail and IP addresses: the first two measures have its patterns.
 * The others, and all thresholds, are ours.
 */
export function personalData(): DocumentFilter<DocumentText> {
  const list = sentence`A page with many of them is a list of people, of which a model learns their names and little else.`;
  const secret = sentence`What a model has read once it may say to anybody.`;
  return documentFilter(
    {
      name: 'pii',
      title: sentence`Personal data`,
      why: sentence`E-mail and public IP addresses by datatrove's patterns; phone, account and card numbers by Vitrine's. FineWeb replaces addresses and keeps the document; this rule removes documents that have many.`,
      measures: [
        countOf(emails, { name: 'pii_emails', threshold: 5, title: sentence`E-mail addresses`, why: list }),
        countOf(ipAddresses, { name: 'pii_ips', threshold: 5, title: sentence`Public IP addresses`, why: list }),
        countOf(phoneNumbers, { name: 'pii_phones', threshold: 5, title: sentence`Phone numbers`, why: list }),
        countOf(ibans, { name: 'pii_ibans', threshold: 0, title: sentence`Bank account numbers (IBAN)`, why: secret }),
        countOf(cardNumbers, { name: 'pii_cards', threshold: 0, title: sentence`Card numbers`, why: secret }),
      ],
    },
    ({ text }) => text,
  );
}
