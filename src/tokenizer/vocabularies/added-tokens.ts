import type { GgufVocabulary } from '../../shared/tokens';
import { AddedTokens } from '../added/added-tokens';
import { isAdded, TokenType, typeOf } from './token-types';

/** The tokens of a GGUF vocabulary that are looked for in the text itself, made in steps. */
export function addedTokensOf(source: GgufVocabulary): Generator<undefined, AddedTokens> {
  return AddedTokens.of(listed(source));
}

function* listed(source: GgufVocabulary): Generator<{ id: number; text: string; control: boolean }> {
  for (let id = 0; id < source.tokens.length; id++) {
    const type = typeOf(source, id);
    if (isAdded(type)) yield { id, text: source.tokens[id] ?? '', control: type !== TokenType.UserDefined };
  }
}
