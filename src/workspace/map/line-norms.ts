import type { LineNorm, MapView } from '../../shared/map-api';
import type { LineScore } from '../../shared/workspace-api';
import { LineStatistics } from '../lines/line-statistics';

/** How surprising the lines of some files are, by their language and kind: as they are, and without names that are new in their file. */
export class LineNorms {
  readonly #all = new LineStatistics();
  readonly #withoutNewNames = new LineStatistics();

  add(languageId: string, lines: readonly LineScore[]): void {
    this.#all.add(languageId, lines);
    this.#withoutNewNames.add(
      languageId,
      lines.map(withoutNewNames).filter(({ tokens }) => tokens > 0),
    );
  }

  /** Those of other files. */
  addAll(others: LineNorms): void {
    this.#all.addAll(others.#all);
    this.#withoutNewNames.addAll(others.#withoutNewNames);
  }

  get norms(): LineNorm[] {
    return this.#all.known.map(({ languageId, kind }) => ({
      languageId,
      kind,
      all: this.#all.norm(languageId, kind),
      withoutNewNames: this.#withoutNewNames.norm(languageId, kind),
    }));
  }
}

/** Mean surprisal of a token of a line; NaN where no token counts. */
export function meanOf(line: LineScore, view: Pick<MapView, 'withoutNewNames'>): number {
  const { tokens, bits } = view.withoutNewNames ? withoutNewNames(line) : line;
  return bits / tokens;
}

const withoutNewNames = ({ kind, tokens, bits, newNames }: LineScore) => ({
  kind,
  tokens: tokens - newNames.tokens,
  bits: bits - newNames.bits,
});
