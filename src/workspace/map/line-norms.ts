import type { LineNorm, MapView } from '../../shared/map-api';
import type { FileScore, LineKind, LineScore } from '../../shared/workspace-api';

/** Of fewer lines a deviation says little. */
const LEAST_LINES = 30;

/** Sums over the means of lines, of which mean and deviation are made. */
class Moments {
  #count = 0;
  #sum = 0;
  #squares = 0;

  addValue(value: number): void {
    this.#count++;
    this.#sum += value;
    this.#squares += value * value;
  }

  add(other: Moments): void {
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#squares += other.#squares;
  }

  get norm(): LineNorm['all'] {
    if (this.#count < LEAST_LINES) return { mean: Number.NaN, deviation: Number.NaN };
    const mean = this.#sum / this.#count;
    const variance = (this.#squares - this.#count * mean * mean) / (this.#count - 1);
    return { mean, deviation: Math.sqrt(Math.max(0, variance)) };
  }
}

interface KindMoments {
  languageId: string;
  kind: LineKind;
  all: Moments;
  withoutNewNames: Moments;
}

/** How surprising the lines of some files are, by their language and kind. */
export class LineMoments {
  readonly #moments = new Map<string, KindMoments>();

  addLines({ languageId, lines }: FileScore): void {
    for (const line of lines) {
      const { all, withoutNewNames } = this.#of(languageId, line.kind);
      all.addValue(meanOf(line, false));
      const rest = meanOf(line, true);
      if (!Number.isNaN(rest)) withoutNewNames.addValue(rest);
    }
  }

  add(other: LineMoments): void {
    for (const { languageId, kind, all, withoutNewNames } of other.#moments.values()) {
      const own = this.#of(languageId, kind);
      own.all.add(all);
      own.withoutNewNames.add(withoutNewNames);
    }
  }

  get norms(): LineNorm[] {
    return [...this.#moments.values()].map(({ languageId, kind, all, withoutNewNames }) => ({
      languageId,
      kind,
      all: all.norm,
      withoutNewNames: withoutNewNames.norm,
    }));
  }

  #of(languageId: string, kind: LineKind): KindMoments {
    const key = `${languageId} ${kind}`;
    const known = this.#moments.get(key);
    if (known) return known;
    const made = { languageId, kind, all: new Moments(), withoutNewNames: new Moments() };
    this.#moments.set(key, made);
    return made;
  }
}

/** Mean surprisal of a token of a line; NaN where no token counts. */
export function meanOf({ tokens, bits, newNames }: LineScore, withoutNewNames: MapView['withoutNewNames']): number {
  return withoutNewNames ? (bits - newNames.bits) / (tokens - newNames.tokens) : bits / tokens;
}
