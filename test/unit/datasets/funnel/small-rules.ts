import type { Copies } from '../../../../src/datasets/duplicates/clusters';
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

/** Texts with the same first letter are copies. */
class FirstLetter implements CopiesFilter<string> {
  readonly kind = 'dataset';
  readonly name = 'copies';
  readonly title = words.title;
  readonly why = words.why;
  readonly measures = [measure('copy', 'above', 0)];
  readonly #groups = new Map<string, number[]>();

  add(index: number, text: string): void {
    const group = this.#groups.get(text.charAt(0)) ?? [];
    group.push(index);
    this.#groups.set(text.charAt(0), group);
  }

  finish(): void {}

  measure(_: number, numbers: Float32Array, at: number): void {
    numbers[at] = 1;
  }

  spans = () => [];

  get copies(): Copies {
    const groups = [...this.#groups.values()].filter(({ length }) => length > 1);
    return {
      members: Uint32Array.from(groups.flat()),
      equal: Uint8Array.from(groups.flatMap((group) => group.map((_, i) => (i === 0 ? 0 : 1)))),
      of: 1,
    };
  }
}

export const smallRules: MakeRules<string> = async () => ({
  filters: [readable, letters, new FirstLetter()],
  textOf: ({ text }) => text,
});

export const THRESHOLDS = { unreadable: 0, short: 3, x: 0.3, copy: 0 };
