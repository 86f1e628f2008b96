import type { FileScore, LineScore } from '../../shared/workspace-api';

/** A line with where it is. */
export interface RankedLine extends LineScore {
  path: string;
  languageId: string;
}

/** The most unusual lines of many files: by z, and where none is known by bits a token, behind those that have one. */
export class RankedLines {
  readonly #most: number;
  #lines: RankedLine[] = [];
  #least: RankedLine | undefined;

  /** @param most lines that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  add({ path, languageId, lines }: Pick<FileScore, 'path' | 'languageId' | 'lines'>): void {
    for (const line of lines) {
      const ranked = { ...line, path, languageId };
      if (this.#least && compareLines(ranked, this.#least) > 0) continue;
      this.#lines.push(ranked);
      if (this.#lines.length >= 2 * this.#most) this.#cut();
    }
  }

  /** The first first. */
  get lines(): readonly RankedLine[] {
    this.#cut();
    return this.#lines;
  }

  #cut(): void {
    this.#lines.sort(compareLines).splice(this.#most);
    this.#least = this.#lines.length === this.#most ? this.#lines.at(-1) : undefined;
  }
}

function compareLines(a: LineScore, b: LineScore): number {
  const [hasA, hasB] = [!Number.isNaN(a.z), !Number.isNaN(b.z)];
  if (hasA !== hasB) return hasA ? -1 : 1;
  return hasA ? b.z - a.z : b.bits / b.tokens - a.bits / a.tokens;
}
