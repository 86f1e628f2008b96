import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import type { HuggingFaceVocabulary } from '../../shared/tokens';
import { GPT2_FILES, gpt2Tokenizer, hasGpt2Files } from './gpt2-tokenizer';
import type { JsonObject } from './json';
import { readJsonFileIfAny } from './read-json-file';

const TOKENIZER = 'tokenizer.json';
export const TOKENIZER_CONFIG = 'tokenizer_config.json';

/** Whether a folder says how a text becomes tokens. */
export const hasTokenizer = (folder: string): boolean => existsSync(join(folder, TOKENIZER)) || hasGpt2Files(folder);

/** Those of a folder that decide which tokens a text has. */
export function tokenizerFilesOf(folder: string): string[] {
  const names = existsSync(join(folder, TOKENIZER)) ? [TOKENIZER] : GPT2_FILES;
  return [...names, TOKENIZER_CONFIG].map((name) => join(folder, name)).filter((file) => existsSync(file));
}

/**
 * What a folder says of how it makes tokens of a text, with a pause at every yield. Whether the vocabulary can be used is the
 * tokenizer's decision.
 *
 * @throws VitrineError `huggingFace.tokenizer` where there is no tokenizer.json, and what `readJsonFile` throws.
 */
export function* vocabularyOfFolder(folder: string): Generator<undefined, HuggingFaceVocabulary> {
  const config = yield* readJsonFileIfAny(join(folder, TOKENIZER_CONFIG));
  const tokenizer = (yield* readJsonFileIfAny(join(folder, TOKENIZER))) ?? (yield* gpt2Tokenizer(folder, config));
  if (tokenizer === undefined) {
    throw new VitrineError(
      'huggingFace.tokenizer',
      sentence`${folder} has no ${TOKENIZER}, which says how a text becomes tokens. In Python, transformers makes it of the older files: AutoTokenizer.from_pretrained(folder).save_pretrained(folder).`,
    );
  }
  return { format: 'huggingFace', tokenizer, config };
}

/** Tokens at which the model has nothing more to say, by the files that name them: one or several each. */
export function endTokensOf(files: readonly (JsonObject | undefined)[]): Set<number> {
  const ids = files.flatMap((file) => file?.eos_token_id ?? []);
  return new Set(ids.filter((id) => typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) as number[]);
}
