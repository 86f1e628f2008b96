import * as numerals from '../shared/numerals';
import type { Span } from '../shared/tokens';
import { languageOfNumbers } from './numbers';

/* Numbers as the people write them before whom this process shows them. */

/** A number that somebody wrote, as digits; undefined where it is none. */
export const readNumber = (text: string): string | undefined => numerals.readNumber(text, languageOfNumbers());

/** Digits with the decimal separator, not grouped. */
export const writeNumber = (digits: string): string => numerals.writeNumber(digits, languageOfNumbers());

/** The digits of a whole number in groups of three. */
export const writeGrouped = (digits: string): string => numerals.writeGrouped(digits, languageOfNumbers());

/** The numbers in a text, in their order. */
export const numbersOf = (text: string): { number: string; start: number; end: number }[] =>
  numerals.numbersOf(text, languageOfNumbers());

/** The number that a part of a text touches. @param part in UTF-16 units */
export const readNumberAt = (text: string, part: Span): string | undefined =>
  numerals.readNumberAt(text, part, languageOfNumbers());
