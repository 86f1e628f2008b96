/*
 * Which files of a repository a model is read from, by their names. All but GGUF files are at its root.
 */

export const GGUF = /\.gguf$/i;
/** Vision projectors and what quantisation was led by: no models. */
const NO_MODEL = /mmproj|imatrix/i;

/** All weights of a folder in one file, which transformers takes before shards. */
export const WHOLE = 'model.safetensors';
export const SHARD = /^model-\d{5}-of-\d{5}\.safetensors$/;
export const SHARD_INDEX = 'model.safetensors.index.json';
export const ADAPTER = 'adapter_model.safetensors';

/** What a folder has beside its weights: configurations, the tokenizer, the chat template. */
export const ASIDE =
  /^(config|generation_config|adapter_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|chat_template)\.json$|^(merges|vocab)\.txt$|^tokenizer\.model$|^chat_template\.jinja$/;

/** Of these, what says how a text and a chat become tokens. */
export const TOKENIZER = /^(tokenizer|tokenizer_config|chat_template)\.json$|^chat_template\.jinja$/;

/** Weights that Vitrine does not read: to read them runs what they say. */
export const PICKLED = /^pytorch_model.*\.bin$/;

/** Whether a file is one that a model is read from, or has its weights in a form that is not. */
export function isModelFile(path: string): boolean {
  if (GGUF.test(path)) return !NO_MODEL.test(path);
  return [WHOLE, SHARD_INDEX, ADAPTER].includes(path) || [SHARD, ASIDE, PICKLED].some((pattern) => pattern.test(path));
}
