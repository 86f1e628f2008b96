import type { Subject } from '../shared/inspector-api';
import { numbersOf } from './read-number';

/** What the Numbers view begins with where nothing asks for another. */
export const NUMBER_EXAMPLE = '327';
export const LONG_NUMBER_EXAMPLE = '1234567';
export const SUM_EXAMPLE = '999 + 1';

/** Vocabularies side by side: the model's, and those whose treatment of numbers differs most. */
export const NUMBER_VOCABULARIES: readonly string[] = ['model', 'gpt2', 'cl100k_base', 'o200k_base'];

/** Different numbers offered at most. */
const OFFERED = 12;

/** The numbers in what is shown of a text, but for single digits, each once, in their order. */
export function numbersIn(subject: Subject | undefined): string[] {
  if (!subject) return [];
  const texts = subject.shown.map(({ start, end }) => subject.text.slice(start, end));
  const found = texts.flatMap(numbersOf).flatMap(({ number }) => (number.length > 1 ? [number] : []));
  return [...new Set(found)].slice(0, OFFERED);
}
