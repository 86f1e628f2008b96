import { RUST_WORD, WHITE_SPACE } from '../regex/sets';
import { codePointAt } from '../unicode/character-class';
import type { SoughtTokens } from './added-tokens';
import { type AddedToken, START } from './automaton';
import type { Found } from './found';

/** UTF-16 units looked through at a time, or more where tokens are longer. */
const BLOCK_UNITS = 8192;

/** Finds tokens in `units[begin, end)`, from its beginning on: the leftmost, and of several at one place the longest. */
export class SoughtSearch {
  /** Of the block at hand, the first last. */
  private found: { start: number; token: AddedToken }[] = [];
  private blockEnd: number;
  private readonly isSought: boolean;

  /** @param control whether control tokens are recognised */
  constructor(
    private readonly sought: SoughtTokens,
    private readonly units: Uint16Array,
    private readonly control: boolean,
    private readonly begin = 0,
    private readonly end = units.length,
  ) {
    this.blockEnd = begin;
    this.isSought = sought.isSought(control);
  }

  /** All of them, one after the other. */
  *all(): Generator<Found> {
    for (let found = this.next(this.begin); found; found = this.next(found.end)) yield found;
  }

  /** The next token at `from` or after it, which never goes back and is where the last one ended. */
  next(from: number): Found | undefined {
    if (!this.isSought) return undefined;
    for (let at = from; ; ) {
      const found = this.nextAt(at);
      if (!found) return undefined;
      const end = found.start + found.token.units.length;
      if (!found.token.singleWord || this.isWord(found.start, end)) return this.widen(found, from, end);
      at = end;
    }
  }

  private nextAt(from: number): { start: number; token: AddedToken } | undefined {
    for (;;) {
      const found = this.found.pop();
      if (found && found.start >= from) return found;
      if (found) continue;
      const start = Math.max(from, this.blockEnd);
      if (start >= this.end) return undefined;
      this.readBlock(start);
    }
  }

  /** Reads it backwards, from where the longest token that starts in it may end. */
  private readBlock(start: number): void {
    const { automaton, longest } = this.sought;
    const end = Math.min(start + Math.max(BLOCK_UNITS, longest), this.end);
    let state = START;
    for (let at = Math.min(end - 1 + longest, this.end) - 1; at >= start; at--) {
      state = automaton.next(state, this.units[at] ?? 0);
      if (state === START || at >= end) continue;
      const token = automaton.found(state, this.control);
      if (token) this.found.push({ start: at, token });
    }
    this.blockEnd = end;
  }

  /** Whether no word goes on before or after [start, end). */
  private isWord(start: number, end: number): boolean {
    const pair = start - 2 >= this.begin ? codePointAt(this.units, start - 2, this.end) : 0;
    const before = pair > 0xffff ? pair : (this.units[start - 1] ?? 0);
    const startsWord = start === this.begin || !RUST_WORD.has(before);
    return startsWord && (end === this.end || !RUST_WORD.has(codePointAt(this.units, end, this.end)));
  }

  /** With the white space around it that the token takes in. */
  private widen({ start, token }: { start: number; token: AddedToken }, from: number, end: number): Found {
    let first = start;
    let last = end;
    while (token.lstrip && first > from && WHITE_SPACE.has(this.units[first - 1] ?? 0)) first--;
    while (token.rstrip && last < this.end && WHITE_SPACE.has(this.units[last] ?? 0)) last++;
    return { start: first, end: last, token };
  }
}
