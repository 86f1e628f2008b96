import type { GgufVocabulary } from '../../shared/tokens';
import { AddedTokens } from '../added/added-tokens';
import { isAdded, TokenType, typeOf } from './token-types';

/** The tokens of a GGUF vocabulary that are looked for in the text itself, made in steps. */
export function addedTokensOf(source: GgufVocabulary): Generator<undefined, AddedTokens> {
  const tokens = Array.from(source.tokens, (text, id) => ({ id, text, type: typeOf(source, id) }));
  return AddedTokens.of(
    tokens
      .filter(({ type }) => isAdded(type))
      .map(({ id, text, type }) => ({ id, text, control: type !== TokenType.UserDefined })),
  );
}
