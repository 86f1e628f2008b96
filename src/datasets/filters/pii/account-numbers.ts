import type { Span } from '../../../shared/filters-api';

/*
 * Numbers with which somebody can be called or paid, which datatrove does not look for. Where a number has digits to check it
 * by, they decide.
 */

/** How many characters an IBAN has, by country: SWIFT's registry. */
const IBAN_LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const IBAN_START = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?= ?[A-Z0-9])/g;

/** International bank account numbers, in groups of four or without spaces, whose remainder by 97 is 1 (ISO 13616). */
export function ibans(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: head, index: start } of text.matchAll(IBAN_START)) {
    const end = endOf(text, start, IBAN_LENGTHS.get(head.slice(0, 2)) ?? 0);
    if (end !== undefined && isIban(text.slice(start, end).replaceAll(' ', ''))) spans.push({ start, end });
  }
  return spans;
}

/** Where so many characters of a number end, between which a space may stand. */
function endOf(text: string, start: number, length: number): number | undefined {
  const pattern = new RegExp(`(?:[A-Z0-9] ?){${length - 1}}[A-Z0-9](?![A-Za-z0-9])`, 'y');
  pattern.lastIndex = start;
  return length > 0 && pattern.test(text) ? pattern.lastIndex : undefined;
}

function isIban(iban: string): boolean {
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((character) => Number.parseInt(character, 36)).join('');
  return BigInt(digits) % 97n === 1n;
}

/** Visa, Mastercard, American Express and Discover, by how they begin and how many digits they have. */
const CARD =
  /(?<![\d.-])(?:4\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}|(?:5[1-5]\d\d|2[2-7]\d\d|6011|65\d\d)([ -]?)\d{4}\2\d{4}\2\d{4}|3[47]\d\d([ -]?)\d{6}\3\d{5})(?!\d|[.-]\d)/g;

/** Numbers of payment cards whose last digit is that of Luhn's formula (ISO/IEC 7812-1). */
export function cardNumbers(text: string): Span[] {
  return [...text.matchAll(CARD)]
    .filter(([number]) => isLuhn(number.replaceAll(/\D/g, '')))
    .map(({ 0: number, index }) => ({ start: index, end: index + number.length }));
}

function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (1 + (place % 2));
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** With the country's code after +, 8 to 15 digits (ITU-T E.164), or as they are written in North America. */
const PHONE =
  /(?<![\w+])\+[1-9](?:[ .()-]{0,2}\d){7,14}(?!\d)|(?<![\w(.-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-]|\.\d)/g;

export function phoneNumbers(text: string): Span[] {
  return [...text.matchAll(PHONE)].map(({ 0: number, index }) => ({ start: index, end: index + number.length }));
}
