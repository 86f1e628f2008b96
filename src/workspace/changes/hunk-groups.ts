/** Where a hunk has its new lines: [first, end), in whatever a window is counted in. */
export interface HunkPlace {
  first: number;
  end: number;
}

/** Hunks that are read with the same beginning: what stands from `from` on. */
export interface HunkGroup<T> {
  from: number;
  /** Where the last of them ends. */
  end: number;
  hunks: T[];
}

/**
 * Hunks that are near each other are read together, as far as a window has room for: what lies between two of them is then
 * read once, and stands before the second.
 *
 * @param hunks in order
 * @param room.context what a hunk is given at least, where there is as much before it
 */
export function groupHunks<T extends HunkPlace>(
  hunks: readonly T[],
  { window, context }: { window: number; context: number },
): HunkGroup<T>[] {
  const groups: HunkGroup<T>[] = [];
  for (const hunk of hunks) {
    const latest = groups.at(-1);
    const isNear = latest && hunk.first - latest.end <= context && hunk.end <= latest.from + window;
    if (isNear) {
      latest.hunks.push(hunk);
      latest.end = hunk.end;
    } else groups.push({ from: Math.max(0, hunk.first - context), end: hunk.end, hunks: [hunk] });
  }
  return groups;
}
