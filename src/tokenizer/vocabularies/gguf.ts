import { sentence, VitrineError } from '../../shared/errors';
import type { GgufVocabulary } from '../../shared/tokens';
import type { Vocabulary } from '../vocabulary';
import { checkNumbers } from './check-numbers';
import { ggufBpe } from './gguf-bpe';
import { ggufGemma4 } from './gguf-gemma4';
import { ggufSentencePiece } from './gguf-sentencepiece';
import { checkSizes } from './token-types';

/** The vocabulary of a GGUF file, made in steps. @throws VitrineError where it is damaged or of an unknown kind */
export function* ggufVocabulary(source: GgufVocabulary): Generator<undefined, Vocabulary> {
  checkSizes(source);
  checkNumbers(source);
  return { ...(yield* ofKind(source)), vocabSize: source.vocabSize };
}

function ofKind(source: GgufVocabulary): Generator<undefined, Vocabulary> {
  if (source.model === 'gpt2') return ggufBpe(source);
  if (source.model === 'llama') return ggufSentencePiece(source);
  if (source.model === 'gemma4') return ggufGemma4(source);
  throw new VitrineError(
    'tokenizer.model',
    sentence`The model file's vocabulary is of the kind "${source.model}", which Vitrine does not know. Choose a model with a "gpt2", "llama" or "gemma4" vocabulary.`,
  );
}
