import type { MapSymbol } from '../../shared/map-api';
import type { LineScore } from '../../shared/workspace-api';
import { sumsByKind } from './line-sums';

/** Where a function, a class or a method stands. */
export interface SymbolLines {
  name: string;
  /** Its first line, and the one after its last. */
  from: number;
  to: number;
}

/** What the lines of symbols come to. A class has those of its methods too. */
export function symbolSums(symbols: readonly SymbolLines[], lines: readonly LineScore[]): MapSymbol[] {
  return symbols.map(({ name, from, to }) => ({
    name,
    line: from,
    sums: sumsByKind(lines.filter(({ line }) => line >= from && line < to)),
  }));
}
