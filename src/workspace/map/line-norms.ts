import type { LineNorm, MapView } from '../../shared/map-api';
import { LINE_KINDS, type LineScore } from '../../shared/workspace-api';
import { type FileSums, fileSumsOf, LineStatistics } from '../lines/line-statistics';

/** What the lines of a file come to, as they are and without names that are new in it. */
export interface FileBothSums {
  all: FileSums;
  withoutNewNames: FileSums;
}

export function bothSumsOf(lines: readonly LineScore[]): FileBothSums {
  const rest = lines.map(withoutNewNames).filter(({ tokens }) => tokens > 0);
  return { all: fileSumsOf(lines), withoutNewNames: fileSumsOf(rest) };
}

/** How surprising lines of each language and kind are, over all files that are known. */
export class LineNorms {
  readonly #all = new LineStatistics();
  readonly #withoutNewNames = new LineStatistics();
  readonly #languages = new Set<string>();

  add(languageId: string, sums: FileBothSums): void {
    this.#languages.add(languageId);
    this.#all.add(languageId, sums.all);
    this.#withoutNewNames.add(languageId, sums.withoutNewNames);
  }

  remove(languageId: string, sums: FileBothSums): void {
    this.#all.remove(languageId, sums.all);
    this.#withoutNewNames.remove(languageId, sums.withoutNewNames);
  }

  get norms(): LineNorm[] {
    return [...this.#languages].flatMap((languageId) =>
      LINE_KINDS.map((kind) => ({
        languageId,
        kind,
        all: this.#all.norm(languageId, kind),
        withoutNewNames: this.#withoutNewNames.norm(languageId, kind),
      })),
    );
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
