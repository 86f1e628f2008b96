import { linesOf } from './file-texts';
import type { LineRange } from './hunks';
import type { ReviewedFile } from './score-hunks';

/** Letters and digits that lines have at least of which it is said that they were moved: as `git diff --color-moved` has it. */
const FEWEST_CHARACTERS = 20;

/** The lines of a hunk that have letters, without the blanks around them. */
interface HunkLines {
  removed: string[];
  added: string[];
}

/** Finds hunks that only put lines elsewhere, in the same file or in another. */
export class MovedLines {
  /** Where a line stands, by what it says. */
  readonly #places = { removed: new Map<string, Place[]>(), added: new Map<string, Place[]>() };

  /** @returns for each hunk of a file whether all that it adds is taken away by another hunk, and the other way round: as far as they are known when asked */
  add({ before, after, hunks }: Pick<ReviewedFile, 'before' | 'after' | 'hunks'>): (() => boolean)[] {
    const [old, young] = [linesOf(before), linesOf(after)];
    return hunks.map((hunk) => {
      const lines = { removed: filled(old, hunk.before), added: filled(young, hunk.after) };
      for (const side of ['removed', 'added'] as const) {
        for (const [at, line] of lines[side].entries()) {
          const place = { hunk: lines, at };
          const known = this.#places[side].get(line);
          if (known) known.push(place);
          else this.#places[side].set(line, [place]);
        }
      }
      return () => this.#isIn('removed', lines.added, lines) && this.#isIn('added', lines.removed, lines);
    });
  }

  /** Whether lines stand one after another on a side of another hunk. */
  #isIn(side: keyof HunkLines, lines: readonly string[], own: HunkLines): boolean {
    if (lines.length === 0) return true;
    if (lines.join('').replace(/[^\p{L}\p{N}]/gu, '').length < FEWEST_CHARACTERS) return false;
    // The longest line stands in the fewest places.
    const longest = lines.reduce((best, line, i) => (line.length > (lines[best]?.length ?? 0) ? i : best), 0);
    const places = this.#places[side].get(lines[longest] ?? '') ?? [];
    return places.some(
      ({ hunk, at }) => hunk !== own && lines.every((line, i) => hunk[side][at - longest + i] === line),
    );
  }
}

interface Place {
  hunk: HunkLines;
  at: number;
}

const filled = (lines: readonly string[], { from, to }: LineRange): string[] =>
  lines
    .slice(from, to)
    .map((line) => line.trim())
    .filter((line) => line !== '');
