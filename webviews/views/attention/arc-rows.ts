/** A token, or tokens that are left out. */
export type ArcRow = { position: number } | { from: number; to: number };

/** Positions in order, with what lies between them as gaps. A gap of one token shows it. */
export function rowsOf(positions: Iterable<number>, tokens: number): ArcRow[] {
  const rows: ArcRow[] = [];
  let next = 0;
  const skipTo = (position: number) => {
    if (position - next === 1) rows.push({ position: next });
    else if (position > next) rows.push({ from: next, to: position });
  };
  for (const position of [...new Set(positions)].sort((one, other) => one - other)) {
    skipTo(position);
    rows.push({ position });
    next = position + 1;
  }
  skipTo(tokens);
  return rows;
}

/** A position and the ones around it that there are. */
export function around(position: number, distance: number, tokens: number): number[] {
  const from = Math.max(0, position - distance);
  const to = Math.min(tokens, position + distance + 1);
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
