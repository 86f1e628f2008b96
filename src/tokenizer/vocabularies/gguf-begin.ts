import type { GgufVocabulary } from '../../shared/tokens';

/** SentencePiece models want their first token unless the file says otherwise, as llama.cpp has it. */
export function beginOf({ addBos, bosId, model }: GgufVocabulary): number[] {
  return bosId !== undefined && (addBos ?? model === 'llama') ? [bosId] : [];
}
