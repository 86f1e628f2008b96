import type { DivergenceScope, MeasuredDivergence } from '../../shared/comparisons';

/** What statistics were measured of. */
interface Measured {
  /** Of the comparison. */
  revision: number;
  text: string;
}

/** The statistics that were measured last in each way. */
export class MeasuredDivergences {
  readonly #known = new Map<string, Measured & { divergence: MeasuredDivergence }>();

  keep(of: Measured, divergence: MeasuredDivergence): void {
    this.#known.set(`${divergence.whole} ${divergence.asLlamaCpp}`, { ...of, divergence });
  }

  /** Those of the models and texts as they are. @param textOf what would be measured now */
  current(revision: number, textOf: (scope: DivergenceScope) => string): MeasuredDivergence[] {
    return [...this.#known.values()]
      .filter((known) => known.revision === revision && known.text === textOf(known.divergence))
      .map(({ divergence }) => divergence);
  }
}
