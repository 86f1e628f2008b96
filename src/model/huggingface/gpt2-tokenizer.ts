import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, type JsonValue } from './json';
import { readJsonFile, readJsonFileIfAny, readText } from './read-json-file';

const VOCABULARY = 'vocab.json';
const MERGES = 'merges.txt';
const ADDED = 'added_tokens.json';
const END_OF_TEXT = '<|endoftext|>';

export const GPT2_FILES: readonly string[] = [VOCABULARY, MERGES, ADDED];

export const hasGpt2Files = (folder: string): boolean =>
  [VOCABULARY, MERGES].every((name) => existsSync(join(folder, name)));

/**
 * What tokenizer.json would hold of a folder that has GPT-2's own files instead, as transformers makes it of them; undefined
 * where it has none of these, or another tokenizer's: those split a text otherwise, and the files do not say how.
 *
 * @param config tokenizer_config.json
 */
export function* gpt2Tokenizer(
  folder: string,
  config: JsonObject | undefined,
): Generator<undefined, JsonObject | undefined> {
  if (!hasGpt2Files(folder)) return undefined;
  if (!isGpt2(config?.tokenizer_class ?? (yield* readJsonFileIfAny(join(folder, 'config.json')))?.model_type))
    return undefined;
  const vocab = yield* readJsonFile(join(folder, VOCABULARY));
  const merges = (yield* readText(join(folder, MERGES)))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#version'));
  const added = addedTokens(vocab, config, yield* readJsonFileIfAny(join(folder, ADDED)));
  return {
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: config?.add_prefix_space === true, use_regex: true },
    post_processor: firstToken(vocab, added, config),
    decoder: { type: 'ByteLevel' },
    model: { type: 'BPE', vocab, merges },
  };
}

/** `add_bos_token` counts in such a folder only: beside a tokenizer.json, transformers does not read it. */
function firstToken(
  vocab: JsonObject,
  added: readonly JsonObject[],
  config: JsonObject | undefined,
): JsonObject | null {
  if (config?.add_bos_token !== true) return null;
  const token = isObject(config.bos_token) ? config.bos_token.content : (config.bos_token ?? END_OF_TEXT);
  const id = added.find(({ content }) => content === token)?.id ?? vocab[String(token)] ?? null;
  return { type: 'RobertaProcessing', cls: [String(token), id], sep: [String(token), id] };
}

const isGpt2 = (name: JsonValue | undefined) => typeof name === 'string' && /^gpt2(tokenizer(fast)?)?$/i.test(name);

/** As tokenizer_config.json lists them, or the end of a text and what added_tokens.json adds. */
function addedTokens(vocab: JsonObject, config: JsonObject | undefined, added: JsonObject = {}): JsonObject[] {
  const listed = config?.added_tokens_decoder;
  if (isObject(listed)) {
    return Object.entries(listed).map(([id, token]) => ({ ...(isObject(token) ? token : {}), id: Number(id) }));
  }
  const flags = { single_word: false, lstrip: false, rstrip: false };
  const end = { id: vocab[END_OF_TEXT] ?? Object.keys(vocab).length, content: END_OF_TEXT, ...flags };
  return [
    { ...end, normalized: false, special: true },
    ...Object.entries(added).map(([content, id]) => ({ id, content, ...flags, normalized: true, special: false })),
  ];
}
