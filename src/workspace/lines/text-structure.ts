import type { Span, Tokenization } from '../../shared/tokens';
import type { LineKind } from '../../shared/workspace-api';
import { syntaxOf } from '../languages/languages';
import { lineKindsOf } from './line-kinds';
import { lineStartsOf } from './line-starts';
import { newNamesOf } from './new-names';
import { partsOf } from './parts';
import { tokenLinesOf } from './token-lines';

/** What stands where in a text, whatever a model makes of it: found once, however often its tokens are looked at. */
export interface TextStructure {
  lineStarts: Uint32Array;
  lineKinds: readonly LineKind[];
  /** The line that each token is of. */
  tokenLines: Uint32Array;
  comments: readonly Span[];
  newNames: readonly Span[];
}

export function structureOf(
  text: string,
  languageId: string,
  tokens: Pick<Tokenization, 'starts' | 'ends'>,
): TextStructure {
  const syntax = syntaxOf(languageId);
  const lineStarts = lineStartsOf(text);
  const parts = partsOf(text, syntax);
  return {
    lineStarts,
    lineKinds: lineKindsOf(text, lineStarts, parts, syntax),
    tokenLines: tokenLinesOf(text, lineStarts, tokens),
    comments: parts.filter(({ kind }) => kind === 'comment'),
    newNames: newNamesOf(text, parts),
  };
}
