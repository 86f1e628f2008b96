import { BATCH } from '../batch';
import { unitsOfText } from '../unicode/utf8';
import { type AddedToken, Automaton } from './automaton';

/** A token to be looked for. */
export interface ListedToken extends Omit<AddedToken, 'units'> {
  /** As the text has it, or where `normalized`, as the text has it after its normalisers. */
  text: string;
  /** Whether it is looked for after normalising, in what the other tokens leave. */
  normalized?: boolean;
}

/** Tokens that are looked for in the text before it is split: control tokens and user-defined ones. */
export class AddedTokens {
  private readonly byId: ReadonlyMap<number, AddedToken>;
  /** UTF-16 units of the longest. */
  readonly longest: number;

  private constructor(
    readonly verbatim: SoughtTokens,
    readonly normalized: SoughtTokens,
  ) {
    this.byId = new Map([...verbatim.tokens, ...normalized.tokens].map((token) => [token.id, token]));
    this.longest = Math.max(verbatim.longest, normalized.longest);
  }

  /** Makes them in steps. An empty text is no token. */
  static *of(tokens: Iterable<ListedToken>): Generator<undefined, AddedTokens> {
    const verbatim: AddedToken[] = [];
    const normal: AddedToken[] = [];
    let count = 0;
    for (const { text, normalized, ...token } of tokens) {
      if (text !== '') (normalized ? normal : verbatim).push({ ...token, units: unitsOfText(text) });
      if (++count % BATCH === 0) yield;
    }
    return new AddedTokens(yield* SoughtTokens.of(verbatim), yield* SoughtTokens.of(normal));
  }

  has(id: number): boolean {
    return this.byId.has(id);
  }

  isControl(id: number): boolean {
    return this.byId.get(id)?.control ?? false;
  }

  /** Whether one of them is a token only where it is a word: what stands before it counts. */
  get hasWords(): boolean {
    return [...this.byId.values()].some(({ singleWord }) => singleWord);
  }
}

/** Tokens that are looked for together. */
export class SoughtTokens {
  private readonly hasUserDefined: boolean;
  /** UTF-16 units of the longest. */
  readonly longest: number;

  private constructor(
    readonly tokens: readonly AddedToken[],
    readonly automaton: Automaton,
  ) {
    this.hasUserDefined = tokens.some((token) => !token.control);
    this.longest = tokens.reduce((longest, { units }) => Math.max(longest, units.length), 0);
  }

  static *of(tokens: readonly AddedToken[]): Generator<undefined, SoughtTokens> {
    return new SoughtTokens(tokens, yield* Automaton.of(tokens));
  }

  /** Whether there is anything to look for. @param control whether control tokens are recognised */
  isSought(control: boolean): boolean {
    return control ? this.tokens.length > 0 : this.hasUserDefined;
  }
}
