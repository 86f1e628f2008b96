import type { HeadSummary } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';

const MEASURES = ['previous', 'first', 'self', 'induction', 'entropy', 'sink'] as const;
type Measure = (typeof MEASURES)[number];

/** Of a head, over prompts; null where no prompt had such a thing. */
type MeanOfHead = HeadAddress & { [M in Exclude<Measure, 'sink'>]: number | null } & {
  /** Prompts in which a token has an earlier copy. */
  inductionPrompts: number;
  sink?: number | null;
};

/** Means of what every head does, over prompts, each of which counts the same. */
export class HeadMeans {
  readonly #sums: Map<Measure, { sum: number; count: number }>[] = [];
  #heads: HeadAddress[] = [];

  add(heads: readonly HeadSummary[]): void {
    this.#heads = heads.map(({ layer, head }) => ({ layer, head }));
    for (const [index, head] of heads.entries()) {
      this.#sums[index] ??= new Map();
      for (const measure of MEASURES) this.#addTo(this.#sums[index], measure, head[measure]);
    }
  }

  means(): MeanOfHead[] {
    return this.#heads.map((address, index) => {
      const sums = this.#sums[index];
      const mean = (measure: Measure) => {
        const { sum, count } = sums?.get(measure) ?? { sum: 0, count: 0 };
        return count === 0 ? null : sum / count;
      };
      return {
        ...address,
        previous: mean('previous'),
        first: mean('first'),
        self: mean('self'),
        induction: mean('induction'),
        inductionPrompts: sums?.get('induction')?.count ?? 0,
        entropy: mean('entropy'),
        ...(sums?.has('sink') ? { sink: mean('sink') } : {}),
      };
    });
  }

  /** A prompt of one token has none of them, and one without copies no induction. */
  #addTo(sums: Map<Measure, { sum: number; count: number }>, measure: Measure, value: number | undefined): void {
    if (value === undefined) return;
    const { sum, count } = sums.get(measure) ?? { sum: 0, count: 0 };
    sums.set(measure, Number.isNaN(value) ? { sum, count } : { sum: sum + value, count: count + 1 });
  }
}
