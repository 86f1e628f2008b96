import type { GgufVocabulary } from '../../shared/tokens';
import { AddedTokens } from '../added-tokens';
import { isAdded, TokenType, typeOf } from './token-types';

/** The tokens of a GGUF vocabulary that are looked for in the text itself, and which tokens are control tokens. */
export function addedTokensOf(source: GgufVocabulary): { added: AddedTokens; controls: Uint8Array } {
  const added = new AddedTokens();
  const controls = new Uint8Array(source.tokens.length);
  for (let id = 0; id < source.tokens.length; id++) {
    const type = typeOf(source, id);
    if (!isAdded(type)) continue;
    const control = type !== TokenType.UserDefined;
    added.add(id, source.tokens[id] ?? '', control);
    if (control) controls[id] = 1;
  }
  return { added, controls };
}
