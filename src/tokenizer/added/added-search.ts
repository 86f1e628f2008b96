import type { AddedTokens } from './added-tokens';
import { type AddedToken, START } from './automaton';

/** UTF-16 units looked through at a time, or more where tokens are longer. */
const BLOCK_UNITS = 8192;

interface Found {
  start: number;
  token: AddedToken;
}

/** Finds the added tokens of a text, from its beginning on: the leftmost, and of several at one place the longest. */
export class AddedSearch {
  /** Of the block at hand, the first last. */
  private found: Found[] = [];
  private blockEnd = 0;
  private readonly isSought: boolean;

  /** @param control whether control tokens are recognised */
  constructor(
    private readonly added: AddedTokens,
    private readonly units: Uint16Array,
    private readonly control: boolean,
  ) {
    this.isSought = added.isSought(control);
  }

  /** The next token at `from` or after it, which never goes back; undefined where there is none. */
  next(from: number): Found | undefined {
    if (!this.isSought) return undefined;
    for (;;) {
      const found = this.found.pop();
      if (found && found.start >= from) return found;
      if (found) continue;
      const start = Math.max(from, this.blockEnd);
      if (start >= this.units.length) return undefined;
      this.readBlock(start);
    }
  }

  /** Reads it backwards, from where the longest token that starts in it may end. */
  private readBlock(start: number): void {
    const { automaton, longest } = this.added;
    const end = Math.min(start + Math.max(BLOCK_UNITS, longest), this.units.length);
    let state = START;
    for (let at = Math.min(end - 1 + longest, this.units.length) - 1; at >= start; at--) {
      state = automaton.next(state, this.units[at] ?? 0);
      if (state === START || at >= end) continue;
      const token = automaton.found(state, this.control);
      if (token) this.found.push({ start: at, token });
    }
    this.blockEnd = end;
  }
}
