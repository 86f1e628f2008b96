import type { GgufVocabulary } from '../../shared/tokens';
import { AddedTokens } from '../added-tokens';
import { isAdded, TokenType, typeOf } from './token-types';

/** The tokens of a GGUF vocabulary that are looked for in the text itself. */
export function addedTokensOf(source: GgufVocabulary): AddedTokens {
  const added = new AddedTokens();
  for (let id = 0; id < source.tokens.length; id++) {
    const type = typeOf(source, id);
    if (isAdded(type)) added.add(id, source.tokens[id] ?? '', type !== TokenType.UserDefined);
  }
  return added;
}
