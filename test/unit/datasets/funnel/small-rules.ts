import type { CopiesFilter, DocumentFilter, Measure } from '../../../../src/datasets/filters/filter';
import type { MakeRules } from '../../../../src/datasets/funnel/measured-dataset';
import { readable } from '../../../../src/datasets/funnel/readable';
import { sentence } from '../../../../src/shared/errors';

const words = { title: sentence`A rule`, why: sentence`It is one.` };

const measure = (name: string, removes: 'above' | 'below', threshold: number): Measure => ({
  ...words,
  name,
  removes,
  threshold,
  slider: { minimum: 0, maximum: 10, step: 1 },
  draw: 'count',
});

/** Texts that are short, and that have too large a share of the letter x, which it marks. */
const letters: DocumentFilter<string> = {
  ...words,
  kind: 'document',
  name: 'letters',
  measures: [measure('short', 'below', 3), measure('x', 'above', 0.3)],
  measure(text, numbers, at) {
    numbers[at] = text.length;
    numbers[at + 1] = (text.split('x').length - 1) / text.length;
  },
  spans: (text, name) =>
    name === 'x'
      ? Array.from(text.matchAll(/x+/g), ({ 0: found, index }) => ({ start: index, end: index + found.length }))
      : [],
};

/** Texts with the same first letter are copies, and those without any are. */
const firstLetter: CopiesFilter<string> = {
  ...words,
  kind: 'copies',
  name: 'copies',
  measures: [measure('copy', 'above', 0)],
  fingerprint: { parts: 1, width: 1 },
  addFingerprint(text, numbers) {
    numbers[0] = 1 + (text.codePointAt(0) ?? 0);
  },
};

export const smallRules: MakeRules<string> = async () => ({
  filters: [readable, letters, firstLetter],
  textOf: ({ text }) => text,
  stringOf: (text) => text,
});

export const THRESHOLDS = { malformed: 0, short: 3, x: 0.3, copy: 0 };
