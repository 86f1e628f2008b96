/** Where a hunk has its new lines: [first, end), in whatever a window is counted in. */
export interface HunkPlace {
  first: number;
  end: number;
}

/** Hunks that are read with the same beginning: what stands from `from` on. */
export interface HunkGroup<T> {
  from: number;
  hunks: T[];
}

/** Hunks that a window has room for are read in one: with all of the text before them, or with half a window of it. */
export function groupHunks<T extends HunkPlace>(hunks: readonly T[], length: number): HunkGroup<T>[] {
  const groups: HunkGroup<T>[] = [];
  for (const hunk of hunks) {
    const latest = groups.at(-1);
    if (latest && hunk.end <= latest.from + length) latest.hunks.push(hunk);
    else
      groups.push({ from: hunk.end <= length ? 0 : Math.max(0, hunk.first - Math.floor(length / 2)), hunks: [hunk] });
  }
  return groups;
}
