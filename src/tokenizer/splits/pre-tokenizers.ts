import { VitrineError } from '../../shared/errors';
import { NUMBER } from '../unicode/character-class';
import { gpt2 } from './gpt2';
import { isolateEach } from './isolate';
import type { Split } from './split';

/** How a GGUF vocabulary of type `gpt2` cuts text before it merges. */
export interface PreTokenizer {
  splits: readonly Split[];
  /** Whether a piece that is a token is that token, whatever its merges make of it (`ignore_merges`). */
  wholePieces: boolean;
}

/** By `tokenizer.ggml.pre` (names and regexes: llama.cpp, src/llama-vocab.cpp). */
const PRE_TOKENIZERS: Record<string, () => PreTokenizer> = {
  smollm: () => ({ splits: [isolateEach(NUMBER), gpt2], wholePieces: false }),
};

/** @throws VitrineError where the name is missing or unknown: another split would give other ids */
export function preTokenizer(name: string | undefined): PreTokenizer {
  const make = name === undefined ? undefined : PRE_TOKENIZERS[name];
  if (make) return make();
  throw new VitrineError(
    'tokenizer.pre',
    name === undefined
      ? 'The model file does not say how it splits text into tokens (tokenizer.ggml.pre). Use a file made by a newer converter.'
      : `The model file splits text by the rule "${name}", which Vitrine does not know. Choose another model.`,
  );
}
