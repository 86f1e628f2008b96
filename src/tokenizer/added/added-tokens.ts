import { BATCH } from '../batch';
import { unitsOfText } from '../unicode/utf8';
import { type AddedToken, Automaton } from './automaton';

/** Tokens that are looked for in the text before it is split: control tokens and user-defined ones. */
export class AddedTokens {
  private readonly byId: ReadonlyMap<number, AddedToken>;
  private readonly hasUserDefined: boolean;
  /** UTF-16 units of the longest. */
  readonly longest: number;

  private constructor(
    tokens: readonly AddedToken[],
    readonly automaton: Automaton,
  ) {
    this.byId = new Map(tokens.map((token) => [token.id, token]));
    this.hasUserDefined = tokens.some((token) => !token.control);
    this.longest = tokens.reduce((longest, { units }) => Math.max(longest, units.length), 0);
  }

  /** Makes them in steps. An empty text is no token. */
  static *of(tokens: Iterable<{ id: number; text: string; control: boolean }>): Generator<undefined, AddedTokens> {
    const added: AddedToken[] = [];
    for (const { id, text, control } of tokens) {
      if (text === '') continue;
      added.push({ id, units: unitsOfText(text), control });
      if (added.length % BATCH === 0) yield;
    }
    return new AddedTokens(added, yield* Automaton.of(added));
  }

  /** Whether there is anything to look for. @param control whether control tokens are recognised */
  isSought(control: boolean): boolean {
    return control ? this.byId.size > 0 : this.hasUserDefined;
  }

  has(id: number): boolean {
    return this.byId.has(id);
  }

  isControl(id: number): boolean {
    return this.byId.get(id)?.control ?? false;
  }
}
