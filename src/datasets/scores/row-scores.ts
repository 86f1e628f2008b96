import { type PagedNumbers, pagedFloats } from '../file/paged-numbers';

/** What models found of a row. Sums are of ln p, in nats, over the tokens that are scored. */
export const SCORE_FIELDS = [
  /** Of the whole prompt, under A; of a pair, with the answer that was chosen. */
  'tokens',
  'scoredA',
  'sumA',
  'scoredB',
  'sumB',
  /** Of a pair, over the answer that was rejected. */
  'rejectedSumA',
  'rejectedSumB',
] as const;
export type ScoreField = (typeof SCORE_FIELDS)[number];

/** The numbers of all rows, as arrays; NaN where there is none. */
export class RowScores {
  readonly #fields = new Map<ScoreField, PagedNumbers<Float64Array>>();

  get(line: number, field: ScoreField): number {
    return this.#fields.get(field)?.get(line) ?? Number.NaN;
  }

  set(line: number, numbers: Partial<Record<ScoreField, number>>): void {
    for (const [name, value] of Object.entries(numbers)) {
      const field = name as ScoreField;
      if (!this.#fields.has(field)) this.#fields.set(field, pagedFloats());
      this.#fields.get(field)?.set(line, value);
    }
  }

  forget(): void {
    this.#fields.clear();
  }
}
