import { createTokenizer } from '../../src/tokenizer';
import type { Count } from './libraries';

const CONTROL = 3;
const USER_DEFINED = 4;

/** A vocabulary of one letter, with added tokens as a speech model has them. */
export function withControlTokens(count: number): Count {
  return withAdded(
    Array.from({ length: count }, (_, i) => `<|${i}|>`),
    CONTROL,
  );
}

/** The same with `count` user-defined tokens of which each begins with the one before it, none ending as texts of `a` do. */
export function withUserDefinedPrefixes(count: number): Count {
  const ended = Array.from({ length: count / 2 }, (_, i) => `${'a'.repeat(2 * i + 1)}b`);
  const open = Array.from({ length: count / 2 }, (_, i) => 'a'.repeat(2 * i + 2));
  return withAdded([...ended, ...open], USER_DEFINED);
}

function withAdded(added: readonly string[], type: number): Count {
  const tokens = ['a', ...added];
  const tokenizer = createTokenizer({
    format: 'gguf',
    model: 'gpt2',
    pre: 'gpt-2',
    tokens,
    tokenTypes: Int32Array.from(tokens, (_, id) => (id === 0 ? 1 : type)),
    merges: [],
    scores: undefined,
    addSpacePrefix: undefined,
    addBos: undefined,
    bosId: undefined,
  });
  return (text) => tokenizer.encode(text, { special: true }).ids.length;
}
