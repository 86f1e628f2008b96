import { BATCH } from '../batch';
import { NONE, ROOT, UnitTree } from '../unit-tree';

/** A token that is looked for in the text itself. */
export interface AddedToken {
  id: number;
  units: Uint16Array;
  /** Recognised only where control tokens are; a user-defined token always is. */
  control: boolean;
  /** Not inside a word. */
  singleWord?: boolean;
  /** With the white space before it. */
  lstrip?: boolean;
  /** With the white space after it. */
  rstrip?: boolean;
}

/** The state in which nothing of any token has been read. */
export const START = ROOT;

/**
 * The automaton of Aho and Corasick (https://doi.org/10.1145/360825.360855) over tokens spelt backwards. Fed with the
 * units of a text from its end, it knows at each place the longest token that starts there, in time that is linear in
 * the text, however many tokens there are and however they lie in each other.
 */
export class Automaton {
  /** A state is what has been read of a token. */
  private readonly states: UnitTree;
  /** The state of the longest proper suffix that is a beginning of a token, too. */
  private readonly fallbacks: Int32Array;
  /** The index of the longest token that is read in a state, and of the longest user-defined one. */
  private readonly longest: Int32Array;
  private readonly longestUserDefined: Int32Array;
  /** Whether a token ends with a unit. */
  private readonly isLast = new Uint8Array(0x10000);

  private constructor(private readonly tokens: readonly AddedToken[]) {
    const most = tokens.reduce((sum, { units }) => sum + units.length, 1);
    this.states = new UnitTree(most);
    this.fallbacks = new Int32Array(most);
    this.longest = new Int32Array(most).fill(NONE);
    this.longestUserDefined = new Int32Array(most).fill(NONE);
  }

  /** Makes it in steps. @param tokens none of them empty; of several with the same text the first is found */
  static *of(tokens: readonly AddedToken[]): Generator<undefined, Automaton> {
    const automaton = new Automaton(tokens);
    yield* automaton.fill();
    return automaton;
  }

  /** The state after another unit. */
  next(state: number, unit: number): number {
    if (state === START && this.isLast[unit] === 0) return START;
    for (let from = state; ; from = this.fallbacks[from] ?? START) {
      const next = this.states.child(from, unit);
      if (next !== NONE) return next;
      if (from === START) return START;
    }
  }

  /** The longest token that has been read. @param control whether control tokens count */
  found(state: number, control: boolean): AddedToken | undefined {
    return this.tokens[(control ? this.longest : this.longestUserDefined)[state] ?? NONE];
  }

  /** Unit by unit of all tokens, so that what a state falls back to, which is shorter, is there already. */
  private *fill(): Generator<undefined> {
    const byLength = Array.from(this.tokens.keys()).sort((a, b) => this.lengthOf(b) - this.lengthOf(a));
    const states = new Int32Array(byLength.length);
    let steps = 0;
    for (let depth = 0, count = byLength.length; count > 0; depth++) {
      for (let i = 0; i < count; i++) {
        const index = byLength[i] ?? 0;
        states[i] = this.extend(states[i] ?? START, index, depth);
        if (++steps % BATCH === 0) yield;
      }
      while (count > 0 && this.lengthOf(byLength[count - 1] ?? 0) === depth + 1) count--;
    }
  }

  /** The state after one more unit of a token, `depth` units from its end. */
  private extend(state: number, index: number, depth: number): number {
    const token = this.tokens[index];
    const unit = token?.units.at(-1 - depth) ?? 0;
    if (depth === 0) this.isLast[unit] = 1;
    const child = this.states.child(state, unit);
    const next = child === NONE ? this.addChild(state, unit) : child;
    if (depth + 1 === token?.units.length) {
      setLonger(this.longest, next, index, this.tokens);
      if (!token.control) setLonger(this.longestUserDefined, next, index, this.tokens);
    }
    return next;
  }

  private addChild(parent: number, unit: number): number {
    const fallback = parent === START ? START : this.next(this.fallbacks[parent] ?? START, unit);
    const state = this.states.addChild(parent, unit);
    this.fallbacks[state] = fallback;
    this.longest[state] = this.longest[fallback] ?? NONE;
    this.longestUserDefined[state] = this.longestUserDefined[fallback] ?? NONE;
    return state;
  }

  private lengthOf(index: number): number {
    return this.tokens[index]?.units.length ?? 0;
  }
}

/** Puts a token in the place of a shorter one. */
function setLonger(places: Int32Array, state: number, index: number, tokens: readonly AddedToken[]): void {
  const lengthOf = (token: number) => tokens[token]?.units.length ?? 0;
  if (lengthOf(index) > lengthOf(places[state] ?? NONE)) places[state] = index;
}
