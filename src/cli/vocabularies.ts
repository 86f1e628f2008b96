import { basename } from 'node:path';
import { defaultModel, defaultModelPath } from '../../models/catalogue';
import { MODEL_VOCABULARY } from '../display/names';
import { modelVocabularyOf } from '../model/checkpoint/model-vocabulary';
import { createTokenizer, isTiktokenName, loadTiktoken, TIKTOKEN_NAMES, type Tokenizer } from '../tokenizer';
import { atOnce } from '../tokenizer/slices';
import { UsageError } from './usage-error';

export const VOCABULARY_NAMES = [MODEL_VOCABULARY, ...TIKTOKEN_NAMES];

/** A vocabulary that was asked for. */
export interface OpenVocabulary {
  name: string;
  tokenizer: Tokenizer;
  /** Whether it is a model's: then control tokens in a text mean something. */
  ofModel: boolean;
}

/** By name: `model`, or one of tiktoken's. @throws UsageError where there is none of that name */
export async function openNamed(name: string): Promise<OpenVocabulary> {
  if (name === MODEL_VOCABULARY) return { ...openModel(defaultModelPath()), name: defaultModel.name };
  if (isTiktokenName(name)) return { name, tokenizer: await loadTiktoken(name), ofModel: false };
  throw new UsageError(`There is no vocabulary ${name}. These are known: ${VOCABULARY_NAMES.join(', ')}.`);
}

/** The vocabulary of a model. */
function openModel(path: string): OpenVocabulary {
  const { vocabulary } = atOnce(modelVocabularyOf(path));
  return { name: basename(path, '.gguf'), tokenizer: createTokenizer(vocabulary), ofModel: true };
}

/** All that were asked for, or those of `defaults`. */
export async function openVocabularies(
  names: readonly string[],
  models: readonly string[],
  defaults: readonly string[],
): Promise<OpenVocabulary[]> {
  const named = names.length + models.length === 0 ? defaults : names;
  return [...(await Promise.all(named.map(openNamed))), ...models.map(openModel)];
}
