import type { SourceText } from '../source-text';
import type { AddedTokens } from './added-tokens';
import type { Found } from './found';
import { SoughtSearch } from './sought-search';

/**
 * Finds the added tokens of a text, from its beginning on: those that are looked for as they stand, and between two of
 * them, those that are looked for after normalising.
 */
export class AddedSearch {
  private readonly verbatim: Iterator<Found>;
  private nextVerbatim: Found | undefined;
  private normalized: SoughtSearch;

  /** @param control whether control tokens are recognised */
  constructor(
    private readonly added: AddedTokens,
    private readonly source: SourceText,
    private readonly control: boolean,
  ) {
    const found = source.found ?? new SoughtSearch(added.verbatim, source.units, control).all();
    this.verbatim = found[Symbol.iterator]();
    this.nextVerbatim = this.verbatim.next().value;
    this.normalized = this.searchBetween(0);
  }

  /** The next token at `from` or after it, where the last one ended; undefined where there is none. */
  next(from: number): Found | undefined {
    const found = this.normalized.next(from);
    if (found) return found;
    const verbatim = this.nextVerbatim;
    if (verbatim) {
      this.nextVerbatim = this.verbatim.next().value;
      this.normalized = this.searchBetween(verbatim.end);
    }
    return verbatim;
  }

  private searchBetween(from: number): SoughtSearch {
    const end = this.nextVerbatim?.start ?? this.source.units.length;
    return new SoughtSearch(this.added.normalized, this.source.units, this.control, from, end);
  }
}
