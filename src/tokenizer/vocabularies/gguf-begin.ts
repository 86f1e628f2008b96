import type { GgufVocabulary } from '../../shared/tokens';

/** SentencePiece models want their first token unless the file says otherwise, and Gemma 4 always, as llama.cpp has it. */
export function beginOf({ addBos, bosId, model }: GgufVocabulary): number[] {
  return bosId !== undefined && (model === 'gemma4' || (addBos ?? model === 'llama')) ? [bosId] : [];
}
