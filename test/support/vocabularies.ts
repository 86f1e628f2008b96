import type { GgufVocabulary } from '../../src/shared/tokens';
import { loadTiktoken } from '../../src/tokenizer';
import { closeGguf, openGguf, readVocabulary } from './gguf-file';

/** The vocabulary of the default model. */
export function defaultVocabulary(): GgufVocabulary {
  const file = openGguf('models/SmolLM2-135M-Instruct.Q4_1.gguf');
  try {
    return readVocabulary(file);
  } finally {
    closeGguf(file);
  }
}

/**
 * A small SentencePiece vocabulary: the usual first 259 ids, every character of the words of gpt2 that are Latin, and
 * the first 3,000 of those words, the commonest with the best score.
 */
export async function smallSentencePiece(): Promise<GgufVocabulary> {
  const gpt2 = await loadTiktoken('gpt2');
  const words = Array.from({ length: 3000 }, (_, id) => gpt2.tokenText(256 + id))
    .filter((word) => /^[ -ɏ]+$/.test(word))
    .map((word) => word.replaceAll(' ', '▁'));
  const characters = [...new Set(words.join(''))];
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const normal = [...new Set([...words, ...characters])];
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...normal];
  return {
    format: 'gguf',
    model: 'llama',
    pre: 'default',
    tokens,
    tokenTypes: Int32Array.from(tokens, (_, id) => (id === 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1)),
    merges: undefined,
    scores: Float32Array.from(tokens, (_, id) => (id < 259 ? 0 : 259 - id)),
    addSpacePrefix: true,
    addBos: true,
    bosId: 1,
  };
}
