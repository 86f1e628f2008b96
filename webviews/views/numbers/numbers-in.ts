import type { Subject } from '../../../src/shared/inspector-api';

/** Different numbers offered at most. */
const OFFERED = 12;

/** The whole numbers in what is shown of a text, each once, in their order. */
export function numbersIn(subject: Subject | undefined): string[] {
  if (!subject) return [];
  const texts = subject.shown.map(({ start, end }) => subject.text.slice(start, end));
  const found = texts.flatMap((text) => text.match(/\d{2,40}/g) ?? []);
  return [...new Set(found)].slice(0, OFFERED);
}
