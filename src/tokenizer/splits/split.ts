/**
 * A rule that cuts text into pieces, none of which a merge may cross.
 *
 * `split(units, from, end)` gives where the first piece of `units[from, end)` ends (from < end). It sees nothing
 * before `from` and takes `end` for the end of the text, so it can go on from any border that it gave itself.
 * For a rule that matches only some of the text, what lies between two matches is a piece too.
 */
export interface Split {
  (units: Uint16Array, from: number, end: number): number;
  /** Makes another for a scan of its own, of one that keeps something from piece to piece. */
  fork?: () => Split;
}

/** What a split gives, in place of its end, for a piece that the model does not read. */
export function leftOut(end: number): number {
  return -end;
}

/**
 * Goes through a text piece by piece under several splits, each of which cuts the pieces of the one before it.
 * Every split keeps the end of its current piece, so that a rule which looks for something rare scans the text once.
 */
export class Splitter {
  private readonly ends: Uint32Array;
  private readonly splits: readonly Split[];
  /** Whether the model does not read the piece that `next` gave. */
  isLeftOut = false;

  /**
   * @param rules of which each piece can be split without what stands before it
   * @param cut cuts their pieces where no token reaches across: what it gives are not pieces of the rules
   */
  constructor(
    private readonly rules: readonly Split[],
    cut: Split | undefined,
  ) {
    this.splits = (cut ? [...rules, cut] : rules).map((split) => split.fork?.() ?? split);
    this.ends = new Uint32Array(this.splits.length);
  }

  /** Forgets the text that was split before. */
  reset(): void {
    this.ends.fill(0);
  }

  /** Whether the rules can go on from `at`, where the last call ended, as if the text began there. */
  isBetween(at: number): boolean {
    return (this.ends[this.rules.length - 1] ?? 0) <= at;
  }

  /** Where the piece that starts at `from` ends; `from` is 0 or what the last call gave. */
  next(units: Uint16Array, from: number, end: number): number {
    let limit = end;
    this.isLeftOut = false;
    for (let i = 0; i < this.splits.length; i++) {
      let pieceEnd = this.ends[i] ?? 0;
      if (pieceEnd <= from) {
        pieceEnd = this.splits[i]?.(units, from, limit) ?? limit;
        this.isLeftOut = pieceEnd < 0;
        this.ends[i] = Math.abs(pieceEnd);
        if (this.isLeftOut) return -pieceEnd;
      }
      limit = pieceEnd;
    }
    return limit;
  }
}
