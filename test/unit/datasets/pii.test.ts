import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personalData } from '../../../src/datasets/filters/pii/personal-data';
import { DocumentText } from '../../../src/datasets/text/document-text';
import pairs from '../../fixtures/near-copies/pii.json';

const filter = personalData();

/** What datatrove puts in the place of addresses, in turn: of domains that are kept for examples, and where nobody answered. */
const EMAILS = ['email@example.com', 'firstname.lastname@example.org'];
const IP_ADDRESSES = [
  '22.214.171.124',
  '126.96.36.199',
  '188.8.131.52',
  '184.108.40.206',
  '220.127.116.11',
  '18.104.22.168',
];

const found = (text: string, measure: string) =>
  filter.spans(new DocumentText(text), measure, 0).map(({ start, end }) => text.slice(start, end));

describe('personal data', () => {
  it('is where datatrove replaces it, in 1,500 texts one after another', () => {
    const others = { pii_emails: inTurn(EMAILS), pii_ips: inTurn(IP_ADDRESSES) };
    for (const [text = '', expected] of pairs) {
      const withoutEmails = replaced(text, 'pii_emails', others.pii_emails);
      expect(replaced(withoutEmails, 'pii_ips', others.pii_ips)).toBe(expected);
    }
  });

  function inTurn(texts: readonly string[]): () => string {
    let next = 0;
    return () => texts[next++ % texts.length] as string;
  }

  /** With others in the place of what a measure finds. */
  function replaced(text: string, measure: string, next: () => string): string {
    let result = '';
    let last = 0;
    for (const { start, end } of filter.spans(new DocumentText(text), measure, 0)) {
      result += text.slice(last, start) + next();
      last = end;
    }
    return result + text.slice(last);
  }

  // Python 3.11, by which the texts above were replaced, knows less of this network.
  it.each([
    ['192.0.0.1', false],
    ['192.0.0.8', false],
    ['192.0.0.9', true],
    ['192.0.0.10', true],
    ['192.0.1.1', true],
  ])('knows as Python 3.13 whether %s is public', (address, isPublic) => {
    expect(found(`from ${address}.`, 'pii_ips')).toEqual(isPublic ? [address] : []);
  });

  // The numbers are those that banks, card networks and telephone authorities publish as examples.
  it.each([
    ['pii_ibans', 'to DE89 3704 0044 0532 0130 00 BIC', ['DE89 3704 0044 0532 0130 00']],
    ['pii_ibans', 'GB29NWBK60161331926819.', ['GB29NWBK60161331926819']],
    ['pii_ibans', 'GB29NWBK60161331926818 and DE89 3704', []],
    ['pii_cards', 'Visa 4111 1111 1111 1111, Amex 378282246310005', ['4111 1111 1111 1111', '378282246310005']],
    ['pii_cards', '5555-5555-5555-4444', ['5555-5555-5555-4444']],
    ['pii_cards', '4111 1111 1111 1112 and 14111111111111111 and 3.4111111111111111', []],
    ['pii_phones', 'Call +34 912 345 678 or (212) 555-0123.', ['+34 912 345 678', '(212) 555-0123']],
    ['pii_phones', 'tel:+1-202-555-0143, 202-555-0143', ['+1-202-555-0143', '202-555-0143']],
    ['pii_phones', '2+3 and version 1.2.3 of 2024-05-06, x+34912345678', []],
  ])('%s of %j', (measure, text, expected) => expect(found(text, measure)).toEqual(expected));

  it('lies within the text, and is counted as it is marked', () => {
    const text = fc
      .array(fc.constantFrom(...pairs.slice(0, 200).map(([text = '']) => text), '+34 912345678'))
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (content) => {
        const document = new DocumentText(content);
        const numbers = new Float32Array(filter.measures.length);
        filter.measure(document, numbers, 0);
        filter.measures.forEach(({ name }, i) => {
          const spans = filter.spans(document, name, 0);
          expect(numbers[i]).toBe(spans.length);
          for (const { start, end } of spans) expect(0 <= start && start < end && end <= content.length).toBe(true);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('is looked for in time in a megabyte without a space', () => {
    const text = `${'a+'.repeat(250_000)}${'1.'.repeat(250_000)}@${'b-'.repeat(50_000)}`;
    filter.measure(new DocumentText(text), new Float32Array(5), 0);
  });
});
