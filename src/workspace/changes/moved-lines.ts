import { type FileTexts, linesOf } from './file-texts';
import type { Hunk, LineRange } from './hunks';

/** Letters and digits that lines have at least of which it is said that they were moved: as `git diff --color-moved` has it. */
const FEWEST_CHARACTERS = 20;

/** The lines of a hunk that have letters, without the blanks around them. */
interface HunkLines {
  removed: string[];
  added: string[];
}

/** Finds hunks that only put lines elsewhere, in the same file or in another. */
export class MovedLines {
  /** Of each hunk, by its place in the new text. */
  readonly #lines = new Map<LineRange, HunkLines>();
  /** Where a line stands, by what it says. */
  readonly #places = { removed: new Map<string, Place[]>(), added: new Map<string, Place[]>() };

  add({ before, after, hunks }: Pick<FileTexts, 'before' | 'after' | 'hunks'>): void {
    const [old, young] = [linesOf(before), linesOf(after)];
    for (const hunk of hunks) {
      const lines = { removed: filled(old, hunk.before), added: filled(young, hunk.after) };
      this.#lines.set(hunk.after, lines);
      for (const side of ['removed', 'added'] as const) {
        for (const [at, line] of lines[side].entries()) {
          const place = { hunk: lines, at };
          const known = this.#places[side].get(line);
          if (known) known.push(place);
          else this.#places[side].set(line, [place]);
        }
      }
    }
  }

  /** Whether all that a hunk adds is taken away by another one, and the other way round: as far as they are known. */
  has({ after }: Pick<Hunk, 'after'>): boolean {
    const lines = this.#lines.get(after);
    return !!lines && this.#isIn('removed', lines.added, lines) && this.#isIn('added', lines.removed, lines);
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
