import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { GgufVocabulary } from '../../shared/tokens';
import { BATCH } from '../../tokenizer/batch';
import type { GgufMetadata, NumericArray } from './metadata';

/** Token types run from 1 (normal) to 6 (byte); old files also use 0 (undefined). */
const LAST_TOKEN_TYPE = 6;

/**
 * What a file's `tokenizer.ggml.*` keys say, checked against each other, with a pause at every yield. Whether the vocabulary
 * can be used is the tokenizer's decision.
 *
 * @throws VitrineError `gguf.vocabulary` where a value cannot be, `gguf.keyMissing` and `gguf.keyType`.
 */
export function* vocabularyOf(metadata: GgufMetadata): Generator<undefined, GgufVocabulary> {
  const types = metadata.optionalNumbers('tokenizer.ggml.token_type');
  const vocabulary: GgufVocabulary = {
    format: 'gguf',
    model: metadata.string('tokenizer.ggml.model'),
    pre: metadata.optionalString('tokenizer.ggml.pre'),
    tokens: metadata.strings('tokenizer.ggml.tokens'),
    tokenTypes: types && Int32Array.from(types),
    merges: metadata.optionalStrings('tokenizer.ggml.merges'),
    scores: toFloat32(metadata.optionalNumbers('tokenizer.ggml.scores')),
    addSpacePrefix: metadata.optionalBoolean('tokenizer.ggml.add_space_prefix'),
    addBos: metadata.optionalBoolean('tokenizer.ggml.add_bos_token'),
    bosId: metadata.optionalNumber('tokenizer.ggml.bos_token_id'),
  };
  yield;
  const badType = problemOfTypes(types);
  yield;
  const problem = badType ?? problemOf(vocabulary) ?? (yield* problemOfMerges(vocabulary));
  if (problem !== undefined) {
    throw new VitrineError(
      'gguf.vocabulary',
      sentence`${metadata.path} has a damaged vocabulary: ${problem}. Download or convert it again.`,
    );
  }
  return vocabulary;
}

/** Keys that name a token at which a text, a turn or a message ends. */
const END_KEYS = ['eos_token_id', 'eot_token_id', 'eom_token_id'];

/** Tokens at which a model has nothing more to say. */
export function readEndTokens(metadata: GgufMetadata): Set<number> {
  const ids = END_KEYS.map((key) => metadata.optionalNumber(`tokenizer.ggml.${key}`));
  // Files of instruction-tuned models often name only the end of a turn, and models also stop at the end of a text.
  // A file that is no model of language has none, and is refused for that.
  const endOfText = metadata.optionalStrings('tokenizer.ggml.tokens')?.indexOf('<|endoftext|>');
  return new Set([...ids, endOfText].filter((id): id is number => id !== undefined && id >= 0));
}

/** Before they become whole numbers, which a fraction would not survive. */
function problemOfTypes(types: NumericArray | undefined): Sentence | undefined {
  for (const type of types ?? []) {
    if (Number.isInteger(type) && type >= 0 && type <= LAST_TOKEN_TYPE) continue;
    return sentence`tokenizer.ggml.token_type contains ${type}, which is no token type`;
  }
  return undefined;
}

function problemOf({ tokens, tokenTypes, scores, bosId }: GgufVocabulary): Sentence | undefined {
  if (tokens.length === 0) {
    return sentence`tokenizer.ggml.tokens is empty`;
  }
  if (tokenTypes !== undefined && tokenTypes.length !== tokens.length) {
    return sentence`tokenizer.ggml.token_type has ${tokenTypes.length} entries for ${tokens.length} tokens`;
  }
  if (scores !== undefined && scores.length !== tokens.length) {
    return sentence`tokenizer.ggml.scores has ${scores.length} entries for ${tokens.length} tokens`;
  }
  const badScore = scores?.find((score) => !Number.isFinite(score));
  if (badScore !== undefined) {
    return sentence`tokenizer.ggml.scores contains ${badScore}, which is no score`;
  }
  if (bosId !== undefined && !(Number.isInteger(bosId) && bosId >= 0 && bosId < tokens.length)) {
    return sentence`tokenizer.ggml.bos_token_id is ${String(bosId)}, which is no token id`;
  }
  return undefined;
}

function* problemOfMerges({ merges = [] }: GgufVocabulary): Generator<undefined, Sentence | undefined> {
  for (const [i, merge] of merges.entries()) {
    if (i % BATCH === 0) yield;
    if (!isMerge(merge)) return sentence`entry ${i} of tokenizer.ggml.merges is no pair of tokens`;
  }
  return undefined;
}

/** `left right`. The left part is not empty, so a space at the very start belongs to it. */
function isMerge(merge: string): boolean {
  const space = merge.indexOf(' ', 1);
  return space > 0 && space < merge.length - 1;
}

function toFloat32(values: NumericArray | undefined): Float32Array | undefined {
  return values && Float32Array.from(values);
}
