import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { modelFileOf } from '../../../src/model/model-file';
import { atOnce } from '../../../src/tokenizer/slices';
import { adapterFolder, QUERY } from '../../support/adapter-folder';
import { temporaryFolder } from '../../support/temporary-folder';
import { type WritableTensor, type WritableValue, writeGguf } from '../../support/write-gguf';
import { zeros } from '../../support/write-safetensors';

const FIXTURES = fileURLToPath(new URL('../../fixtures/architectures/', import.meta.url));
const LLAMA = join(FIXTURES, 'llama-biases/hf');
const LLAMA_GGUF = join(FIXTURES, 'llama-biases/model.gguf');
const BEFORE = 'base_model.model.';

/** Opens a model with an adapter, as far as headers tell. */
function open(model: string, adapter: string): void {
  const checkpoint = openCheckpoint(model, adapter);
  try {
    atOnce(modelFileOf(checkpoint));
  } finally {
    checkpoint.close();
  }
}

const pair = (module: string, rows: number, width: number, rank = 2) => ({
  [`${BEFORE}${module}.lora_A.weight`]: zeros(rank, width),
  [`${BEFORE}${module}.lora_B.weight`]: zeros(rows, rank),
});

test('a plain one opens', () => expect(() => open(LLAMA, adapterFolder())).not.toThrow());

test('one of an embedding in GGUF opens where the unembedding is another matrix', () => {
  const checkpoint = openCheckpoint(LLAMA_GGUF);
  const [rows = 0, width = 0] = checkpoint.tensors.get('token_embd.weight')?.shape ?? [];
  checkpoint.close();
  const path = ggufAdapter({}, [
    { name: 'token_embd.weight.lora_a', type: 'F32', shape: [rows, 2], data: new Float32Array(2 * rows) },
    { name: 'token_embd.weight.lora_b', type: 'F32', shape: [width, 2], data: new Float32Array(2 * width) },
  ]);
  expect(() => open(LLAMA_GGUF, path)).not.toThrow();
});

describe('what PEFT has beside it is refused by name', () => {
  test.each([
    ['peft_type IA3', { peft_type: 'IA3' }],
    ['peft_type PROMPT_TUNING', { peft_type: 'PROMPT_TUNING' }],
    ['use_qalora', { use_qalora: true }],
    ['bias all', { bias: 'all' }],
    ['init_lora_weights pissa', { init_lora_weights: 'pissa' }],
    ['loftq_config', { loftq_config: { loftq_bits: 4 } }],
    ['layer_replication', { layer_replication: [[0, 2]] }],
    ['target_parameters', { target_parameters: ['mlp.experts.gate_up_proj'] }],
    ['trainable_token_indices', { trainable_token_indices: [1] }],
    ['alora_invocation_tokens', { alora_invocation_tokens: [1] }],
    ['use_something_new', { use_something_new: true }],
    ['the pattern (', { alpha_pattern: { '(': 1 } }],
  ])('%s', (name, config) => {
    const adapter = adapterFolder(config);
    expect(() => open(LLAMA, adapter)).toThrow(expect.objectContaining({ code: 'adapter.unsupported' }));
    expect(() => open(LLAMA, adapter)).toThrow(`the adapter has ${name}`);
  });
});

describe('what does not fit, or contradicts itself, is refused in a sentence', () => {
  test.each<[string, string, () => string, string, RegExp]>([
    [
      'another width',
      LLAMA,
      () => adapterFolder({}, pair('model.layers.0.self_attn.q_proj', 64, 64)),
      'adapter.base',
      /q_proj\.weight as 64 x 64, which is 32 x 32/,
    ],
    [
      'a layer that there is not',
      LLAMA,
      () => adapterFolder({ base_model_name_or_path: 'who/Larger' }, pair('model.layers.7.self_attn.q_proj', 32, 32)),
      'adapter.base',
      /layers\.7.*does not have\. Choose who\/Larger/,
    ],
    ['nothing', LLAMA, () => adapterFolder({}, {}), 'adapter.base', /changes nothing/],
    [
      'a whole module of another shape',
      LLAMA,
      () => adapterFolder({}, { [`${BEFORE}model.norm.weight`]: zeros(64) }),
      'adapter.base',
      /norm\.weight as 64, which is 32/,
    ],
    [
      'a rank that its configuration denies',
      LLAMA,
      () => adapterFolder({ r: 3 }),
      'adapter.config',
      /the rank 3, and its tensor is 2 x 32/,
    ],
    ['no rank', LLAMA, () => adapterFolder({ r: 0 }), 'adapter.config', /\br, or rank_pattern/],
    ['no alpha', LLAMA, () => adapterFolder({ lora_alpha: '16' }), 'adapter.config', /lora_alpha/],
    ['an alpha beyond all weights', LLAMA, () => adapterFolder({ lora_alpha: 1e308 }), 'adapter.config', /lora_alpha/],
    [
      'half a pair',
      LLAMA,
      () => adapterFolder({}, { [`${QUERY}.lora_A.weight`]: zeros(2, 32) }),
      'adapter.damaged',
      /lacks the other/,
    ],
    [
      'a tensor of another kind',
      LLAMA,
      () => adapterFolder({}, { [`${QUERY}.lora_E`]: zeros(32) }),
      'adapter.unsupported',
      /lora_E/,
    ],
    [
      'lengths of a DoRA without its matrices',
      LLAMA,
      () => adapterFolder({}, { [`${QUERY}.lora_magnitude_vector`]: zeros(32) }),
      'adapter.damaged',
      /lora_magnitude_vector/,
    ],
    ['a DoRA without lengths', LLAMA, () => adapterFolder({ use_dora: true }), 'adapter.damaged', /lora_A/],
    ['a bias that is not there', LLAMA, () => adapterFolder({ lora_bias: true }), 'adapter.damaged', /lora_A/],
    [
      'a tensor of no module',
      LLAMA,
      () => adapterFolder({}, { x: zeros(2, 32) }),
      'adapter.unsupported',
      /the tensor x/,
    ],
    [
      'an embedding that is the unembedding',
      join(FIXTURES, 'gpt2-options/hf'),
      tiedAdapter,
      'adapter.unsupported',
      /wte\.weight, which is both/,
    ],
    ['a folder of PEFT for a GGUF file', LLAMA_GGUF, () => adapterFolder(), 'adapter.base', /convert_lora_to_gguf/],
    [
      'GGUF for a folder',
      LLAMA,
      () => join(FIXTURES, 'lora-llama/adapter.gguf'),
      'adapter.base',
      /choose the model as a GGUF file/,
    ],
    [
      'GGUF for another architecture',
      LLAMA_GGUF,
      () => join(FIXTURES, 'lora-qwen2/adapter.gguf'),
      'adapter.base',
      /architecture qwen2, and this is llama/,
    ],
    ['a whole model in GGUF', LLAMA_GGUF, () => LLAMA_GGUF, 'adapter.format', /is no adapter, but a whole model/],
    ['a whole model in a folder', LLAMA, () => LLAMA, 'adapter.format', /is no adapter that can be read/],
    [
      'a file of something else',
      LLAMA,
      () => join(FIXTURES, 'README.md'),
      'adapter.format',
      /is no adapter that can be read/,
    ],
    ['nothing at all', LLAMA, () => '/no/such/adapter', 'file.missing', /no file/],
    ['a pickled one', LLAMA, pickledAdapter, 'model.pickle', /any code/],
    [
      'GGUF of another kind',
      LLAMA_GGUF,
      () => ggufAdapter({ 'adapter.type': 'control_vector' }),
      'adapter.unsupported',
      /adapter\.type control_vector/,
    ],
    [
      'GGUF that waits for tokens',
      LLAMA_GGUF,
      () => ggufAdapter({ 'adapter.alora.invocation_tokens': Uint32Array.of(1) }),
      'adapter.unsupported',
      /alora/,
    ],
  ])('%s', (_, model, adapter, code, reason) => {
    const path = adapter();
    expect(() => open(model, path)).toThrow(expect.objectContaining({ code, name: 'VitrineError' }));
    expect(() => open(model, path)).toThrow(reason);
  });

  test.each([
    ['a folder', () => adapterFolder()],
    ['GGUF', () => join(FIXTURES, 'lora-llama/adapter.gguf')],
  ])('as a model: %s', (_, adapter) => {
    expect(() => openCheckpoint(adapter())).toThrow(/holds an adapter, which is no whole model/);
  });
});

function tiedAdapter(): string {
  const module = `${BEFORE}transformer.wte`;
  return adapterFolder(
    {},
    { [`${module}.lora_embedding_A`]: zeros(2, 320), [`${module}.lora_embedding_B`]: zeros(32, 2) },
  );
}

function pickledAdapter(): string {
  const folder = adapterFolder();
  renameSync(join(folder, 'adapter_model.safetensors'), join(folder, 'adapter_model.bin'));
  return folder;
}

function ggufAdapter(changes: Record<string, WritableValue>, tensors: WritableTensor[] = []): string {
  const path = join(temporaryFolder(), 'adapter.gguf');
  const metadata = { 'general.architecture': 'llama', 'general.type': 'adapter', 'adapter.type': 'lora', ...changes };
  writeFileSync(path, writeGguf({ metadata, tensors }));
  return path;
}
