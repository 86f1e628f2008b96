import { sentence, VitrineError } from '../../shared/errors';
import type { Normalizer } from '../normalizers/traced-text';
import { unicodeForm } from '../normalizers/unicode-form';
import { CharacterClass, LETTER, MARK, NUMBER } from '../unicode/character-class';
import { ClassSet, ListedSet } from './character-set';
import { cl100k } from './cl100k';
import { deepseekCoder, deepseekLlm } from './deepseek';
import { deepseekV3 } from './deepseek-v3';
import { gpt2 } from './gpt2';
import { isolateEach, isolateRuns, isolateThreeDigits } from './isolate';
import { o200k } from './o200k';
import type { Split } from './split';

export interface PreTokenizer {
  /** Applied one after the other. */
  splits: Split[];
  wholePieces: boolean;
  normalizers: Normalizer[];
}

/** By `tokenizer.ggml.pre` of a GGUF file (names and regexes: llama.cpp, src/llama-vocab.cpp). */
const PRE_TOKENIZERS = new Map<string, () => Split[]>([
  ['default', () => [isolateRuns(symbols('$+<=>^~|')), gpt2, isolateRuns(new ClassSet(NUMBER)), isolateThreeDigits]],
  ['gpt-2', () => [gpt2]],
  ['mpt', () => [gpt2]],
  ['olmo', () => [gpt2]],
  ['llama-bpe', () => [cl100k(3)]],
  ['smaug-bpe', () => [cl100k(3)]],
  ['dbrx', () => [cl100k(3)]],
  ['smollm', () => [isolateEach(new ClassSet(NUMBER)), gpt2]],
  ['starcoder', () => [isolateEach(new ClassSet(NUMBER)), gpt2]],
  ['refact', () => [isolateEach(new ClassSet(NUMBER)), gpt2]],
  ['command-r', () => [isolateEach(new ClassSet(NUMBER)), gpt2]],
  ['qwen2', () => [cl100k(1)]],
  ['stablelm2', () => [cl100k(1)]],
  ['qwen35', () => [cl100k(1, LETTER | MARK)]],
  ['deepseek-llm', deepseekLlm],
  ['deepseek-coder', deepseekCoder],
  ['deepseek-v3', deepseekV3],
  ['gpt-4o', () => [o200k]],
  ['falcon', () => [isolateRuns(symbols('$+<=>^~|`')), gpt2, isolateThreeDigits]],
]);

/** `[\p{P}…]` */
function symbols(listed: string): ListedSet {
  return new ListedSet(listed, CharacterClass.Punctuation);
}

/** In these a piece that is a token is that token, whatever its merges would make of it (`ignore_merges`). */
const WHOLE_PIECES = new Set(['llama-bpe', 'gpt-4o']);

/**
 * The models with these bring texts into NFC first, which GGUF does not say (`normalizer` of the tokenizer.json of MPT,
 * OLMo and GPT-NeoX, Command R, Qwen 2 and 3, Qwen 3.5).
 */
const NORMALIZING = new Set(['mpt', 'olmo', 'command-r', 'qwen2', 'qwen35']);

/**
 * How a GGUF vocabulary of type `gpt2` cuts text before it merges.
 *
 * @throws VitrineError where the name is missing or unknown: another split would give other ids
 */
export function preTokenizer(name: string | undefined): PreTokenizer {
  const splits = name === undefined ? undefined : PRE_TOKENIZERS.get(name);
  if (name !== undefined && splits) {
    return {
      splits: splits(),
      wholePieces: WHOLE_PIECES.has(name),
      normalizers: NORMALIZING.has(name) ? [unicodeForm('NFC')] : [],
    };
  }
  throw new VitrineError(
    'tokenizer.pre',
    name === undefined
      ? sentence`The model file does not say how it splits text into tokens (tokenizer.ggml.pre). Use a file made by a newer converter.`
      : sentence`The model file splits text by the rule "${name}", which Vitrine does not know. Choose another model.`,
  );
}
