import type { MetadataValue } from './metadata';

/*
 * What Ollama's own converter has written differently from llama.cpp's: files that people have fetched stay as they are.
 * Reference: https://github.com/ollama/ollama/tree/main/llama/compat
 */

type Values = Map<string, MetadataValue>;

/** What Ollama calls architectures that have another name elsewhere. */
const ARCHITECTURES: ReadonlyMap<unknown, string> = new Map([
  ['gptoss', 'gpt-oss'],
  ['olmo3', 'olmo2'],
]);

/** Keys below the architecture's name that say what sees and hears, which llama.cpp has in a file of its own. */
const OF_OTHER_PARTS = /^(vision|audio|mm)\.|^(image|vision_start|vision_end)_token_id$/;

/** And the tensors of that. */
const OTHER_PARTS = /^(v|a|mm|model\.vision_tower)\./;

/** A file's key-value pairs, in llama.cpp's words where they are Ollama's. */
export function metadataInCommonWords(written: ReadonlyMap<string, MetadataValue>): ReadonlyMap<string, MetadataValue> {
  const own = written.get('general.architecture');
  if (typeof own !== 'string') return written;
  const architecture = ARCHITECTURES.get(own) ?? own;
  const values: Values = new Map();
  for (const [key, value] of written) {
    const setting = key.startsWith(`${own}.`) ? key.slice(own.length + 1) : undefined;
    if (setting === undefined) values.set(key, value);
    else if (!OF_OTHER_PARTS.test(setting)) values.set(`${architecture}.${setting}`, value);
  }
  values.set('general.architecture', architecture);
  translateFamily(own, values, written);
  return values;
}

/** What a tensor of a file is called; undefined where it is no part of the model of language. */
export function tensorInCommonWords(name: string, own: unknown): string | undefined {
  if (OTHER_PARTS.test(name)) return undefined;
  switch (own) {
    case 'gptoss':
      return name
        .replace('.attn_out.', '.attn_output.')
        .replace('.ffn_norm.', '.post_attention_norm.')
        .replace(/\.attn_sinks$/, '.attn_sinks.weight');
    case 'qwen35':
      return name.replace(/\.ssm_dt$/, '.ssm_dt.bias');
    default:
      return name;
  }
}

function translateFamily(own: string, values: Values, written: ReadonlyMap<string, MetadataValue>): void {
  if (own === 'gptoss') {
    values.set('tokenizer.ggml.pre', 'gpt-4o');
    setMissing(values, { 'gpt-oss.rope.scaling.type': 'yarn' });
  }
  if (own === 'gemma3') translateGemma3(values, written);
  if (own === 'gemma4' && values.get('tokenizer.ggml.model') === 'llama') values.set('tokenizer.ggml.model', 'gemma4');
  if (own === 'qwen35') translateQwen35(values);
  if (own === 'llama') nameSplitOfLlama3(values);
}

/** Its files lack what all models of the family share; those for 131,072 tokens, that positions are scaled. */
function translateGemma3(values: Values, written: ReadonlyMap<string, MetadataValue>): void {
  rename(values, 'gemma3.rope.global.freq_base', 'gemma3.rope.freq_base');
  rename(values, 'gemma3.rope.local.freq_base', 'gemma3.rope.freq_base_swa');
  const isOllamas =
    written.has('gemma3.mm.tokens_per_image') || !written.has('gemma3.attention.layer_norm_rms_epsilon');
  if (!isOllamas) return;
  setMissing(values, { 'gemma3.attention.layer_norm_rms_epsilon': 1e-6, 'gemma3.rope.freq_base': 1e6 });
  if (Number(values.get('gemma3.context_length')) < 131_072) return;
  setMissing(values, { 'gemma3.rope.scaling.type': 'linear', 'gemma3.rope.scaling.factor': 8 });
}

/** Files whose heads of values stand in another order than llama.cpp's stay as they are, and are refused. */
function translateQwen35(values: Values): void {
  const isInOrder = values.get('qwen35.ssm.time_step_rank') === values.get('qwen35.ssm.group_count');
  if (!isInOrder && values.get('qwen35.ssm.v_head_reordered') !== true) return;
  const layout = ['ssm.v_head_reordered', 'rope.mrope_interleaved', 'rope.mrope_section', 'mrope_sections'];
  for (const key of layout) values.delete(`qwen35.${key}`);
  const heads = values.get('qwen35.attention.head_count_kv');
  // One a layer, and none where a layer has no attention.
  if (ArrayBuffer.isView(heads)) values.set('qwen35.attention.head_count_kv', Math.max(...(heads as Uint32Array)));
}

const END_OF_TURN = 128_009;

/** Files of Llama 3 that were made before GGUF said how text is split. */
function nameSplitOfLlama3(values: Values): void {
  const { [END_OF_TURN]: token } = (values.get('tokenizer.ggml.tokens') ?? []) as readonly unknown[];
  const split = values.get('tokenizer.ggml.pre') || 'default';
  if (token === '<|eot_id|>' && split === 'default') values.set('tokenizer.ggml.pre', 'llama-bpe');
}

function rename(values: Values, from: string, to: string): void {
  const value = values.get(from);
  values.delete(from);
  if (value !== undefined) setMissing(values, { [to]: value });
}

function setMissing(values: Values, given: Readonly<Record<string, MetadataValue>>): void {
  for (const [key, value] of Object.entries(given)) if (!values.has(key)) values.set(key, value);
}
