import type { Span } from './tokens';

/*
 * Numbers as people write them. What is read is a number as digits, with a point before its fraction and a minus before
 * all if it has them (`1327`, `3.14`, `-5`), in whatever language it was written. Languages are BCP 47.
 */

export interface Notation {
  group: string;
  point: string;
  /** Shorter numbers are not grouped. */
  groupedFrom: number;
}

/** Separators as Unicode's data has them for the languages that Vitrine speaks. Intl would read these at ten milliseconds of a start. */
const NOTATIONS: Readonly<Record<string, Notation>> = {
  en: { group: ',', point: '.', groupedFrom: 1000 },
  es: { group: '.', point: ',', groupedFrom: 10_000 },
};

/** That of a language, or of English where Vitrine does not speak it. */
export function notationOf(language: string): Notation {
  return NOTATIONS[language] ?? (NOTATIONS.en as Notation);
}

/** Digits of a number at most. */
const MOST_DIGITS = 40;

const DIGITS = /^-?\d+(\.\d+)?$/;

/** A minus, as keyboards and as typographers have it, that stands before a digit. */
const MINUS = /^[-−](?=\d)/;

/** Between groups of three in any language: a space that does not break, thin or not, or that somebody typed. */
const SPACES = ' \u00a0\u2009\u202f';

/** What may be a number in a text: digits with separators between them. */
const FOUND = /\d(?:[\d.,\u00a0\u2009\u202f]*\d)?/g;

export function isNumber(digits: string): boolean {
  return DIGITS.test(digits) && digits.replace(/[-.]/g, '').length <= MOST_DIGITS;
}

/** Whether a number has no fraction. */
export function isWhole(digits: string): boolean {
  return !digits.includes('.');
}

/** A number without its minus. */
export function magnitudeOf(digits: string): string {
  return digits.replace(MINUS, '');
}

/**
 * A number that somebody wrote: `1,327` and `3.14` in English, `1.327` and `3,14` in Spanish. What cannot be meant in
 * the language is read as another writes it: `3,14` is no number of English, so that it can only be 3.14.
 *
 * @returns undefined where it is no number of at most 40 digits
 */
export function readNumber(text: string, language: string): string | undefined {
  const written = text.trim();
  const number = readAs(magnitudeOf(written), [language, 'en', 'es']);
  return number === undefined || !MINUS.test(written) ? number : `-${number}`;
}

/** The digits with the decimal separator of a language, not grouped. */
export function writeNumber(digits: string, language: string): string {
  return digits.replace('.', notationOf(language).point);
}

/** The digits of a whole number in groups of three. */
export function writeGrouped(digits: string, language: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, notationOf(language).group);
}

/** The numbers in a text, in their order. A comma is a decimal separator only in a language that has it: code has lists. */
export function numbersOf(text: string, language: string): { number: string; start: number; end: number }[] {
  return Array.from(text.matchAll(FOUND)).flatMap(({ 0: found, index }) => {
    const number = readAs(found, [language, 'en']);
    if (number !== undefined) return [{ number, start: index, end: index + found.length }];
    // A date, an address, a list.
    return Array.from(found.matchAll(/\d+/g), ({ 0: digits, index: at }) => ({
      number: digits,
      start: index + at,
      end: index + at + digits.length,
    })).filter(({ number }) => isNumber(number));
  });
}

/** The number that a part of a text touches. @param part in UTF-16 units */
export function readNumberAt(text: string, part: Span, language: string): string | undefined {
  return numbersOf(text, language).find(({ start, end }) => start < part.end && end > part.start)?.number;
}

/** As the first of some languages reads it that can. */
function readAs(text: string, languages: readonly string[]): string | undefined {
  for (const language of languages) {
    const { group, point } = notationOf(language);
    // Nobody groups what begins with 0.
    const whole = `[1-9]\\d{0,2}(?:[${group}${SPACES}]\\d{3})+|\\d+`;
    const [, digits, fraction] = new RegExp(`^(${whole})(?:[${point}](\\d+))?$`).exec(text) ?? [];
    if (digits === undefined) continue;
    const number = `${digits.replace(/\D/g, '')}${fraction === undefined ? '' : `.${fraction}`}`;
    return isNumber(number) ? number : undefined;
  }
  return undefined;
}
