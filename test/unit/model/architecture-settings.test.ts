import { describe, expect, onTestFinished, test } from 'vitest';
import { architectureOf } from '../../../src/model/architectures';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { checkTensors } from '../../../src/model/weights';
import { VitrineError } from '../../../src/shared/errors';
import { ARCHITECTURE_CASES } from '../../support/architecture-cases';
import { type Changes, changed, configWith, type Format, isHere, open } from '../../support/changed-config';

const LONG = { type: 'longrope', short_factor: [1, 1], long_factor: [1, 2] };

describe('a setting that changes the forward pass in a way that is not implemented is refused by its name', () => {
  const refused: [name: string, format: Format, changes: Changes][] = [
    ['qwen2-window', 'huggingFace', { hidden_act: 'gelu' }],
    ['qwen2-window', 'huggingFace', { use_sliding_window: 'yes' }],
    ['qwen2-window', 'huggingFace', { layer_types: ['full_attention'] }],
    ['qwen2-window', 'huggingFace', { sliding_window: 0.5 }],
    ['gemma3-scale', 'huggingFace', { rope_parameters: { full_attention: 'default' } }],
    ['qwen2-window', 'huggingFace', { layer_types: ['full_attention', 'full_attention', 'linear_attention'] }],
    ['qwen2-window', 'huggingFace', { what_comes_next_year: 1 }],
    ['qwen2-window', 'gguf', { 'attention.sliding_window': 16 }],
    ['qwen2-window', 'gguf', { 'attention.value_length': 6 }],
    ['qwen2-window', 'gguf', { expert_count: 4 }],
    ['qwen3-fp8', 'huggingFace', { hidden_act: 'gelu' }],
    ['qwen3-fp8', 'huggingFace', { num_experts: 4 }],
    ['qwen35', 'huggingFace', { hidden_act: 'gelu' }],
    ['qwen35', 'huggingFace', { attn_output_gate: false }],
    ['qwen35', 'huggingFace', { mlp_only_layers: [1] }],
    ['qwen35', 'huggingFace', { linear_num_value_heads: 3 }],
    ['qwen35', 'huggingFace', { layer_types: ['linear_attention', 'full_attention'] }],
    ['qwen35', 'huggingFace', { layer_types: Array(4).fill('sliding_attention') }],
    ['qwen35', 'gguf', { 'attention.recurrent_layers': [true, true, true, 2] }],
    ['qwen35', 'gguf', { 'ssm.inner_size': 33 }],
    ['qwen35', 'gguf', { expert_count: 4 }],
    ['qwen3-fp8', 'huggingFace', { use_qk_norm: true }],
    ['gemma', 'huggingFace', { hidden_act: 'silu' }],
    ['gemma', 'huggingFace', { hidden_activation: 'gelu' }],
    ['gemma', 'huggingFace', { use_bidirectional_attention: true }],
    ['gemma', 'gguf', { attn_logit_softcapping: 50 }],
    ['gemma2', 'huggingFace', { hidden_activation: 'gelu' }],
    ['gemma2', 'huggingFace', { query_pre_attn_scalar: 0 }],
    ['gemma2', 'gguf', { 'attention.scale': 0.5 }],
    ['gemma3-scale', 'huggingFace', { attn_logit_softcapping: 50 }],
    ['gemma3-scale', 'huggingFace', { use_bidirectional_attention: true }],
    ['gemma3-scale', 'huggingFace', { sliding_window_pattern: 0, layer_types: undefined }],
    ['gemma3-scale', 'gguf', { attn_logit_softcapping: 50 }],
    ['gemma4', 'huggingFace', { hidden_size_per_layer_input: 256 }],
    ['gemma4', 'huggingFace', { hidden_size_per_layer_input: undefined }],
    ['gemma4', 'huggingFace', { per_layer_config: { 2: { intermediate_size: 9 } } }],
    ['gemma4', 'huggingFace', { num_kv_shared_layers: 1 }],
    ['gemma4', 'huggingFace', { enable_moe_block: true }],
    ['gemma4', 'huggingFace', { use_bidirectional_attention: 'all' }],
    ['gemma4', 'gguf', { 'attention.shared_kv_layers': 1 }],
    ['gemma4', 'gguf', { 'attention.head_count_kv': [2] }],
    ['gemma4', 'gguf', { 'attention.sliding_window_pattern': [true] }],
    ['gemma4', 'gguf', { 'rope.dimension_count_swa': 4 }],
    ['gemma4', 'gguf', { expert_count: 4 }],
    ['phi4-mini', 'huggingFace', { attention_bias: true }],
    ['phi4-mini', 'huggingFace', { lm_head_bias: true }],
    ['phi4-mini', 'huggingFace', { mlp_bias: true }],
    ['phi4-mini', 'gguf', { 'rope.dimension_count': 5 }],
    ['granite-bias', 'huggingFace', { attention_multiplier: 0 }],
    ['granite-bias', 'huggingFace', { logits_scaling: 'none' }],
    ['granite-bias', 'huggingFace', { num_local_experts: 4 }],
    ['granite-bias', 'gguf', { expert_count: 4 }],
    ['granite4', 'huggingFace', { normalization_function: 'layernorm' }],
    ['granite4', 'huggingFace', { position_embedding_type: 'alibi' }],
    ['granite4', 'gguf', { 'attention.head_count_kv': new Int32Array([2, 0]) }],
    ['smollm3-window', 'huggingFace', { no_rope_layers: [1, 1, 2, 0] }],
    ['smollm3-window', 'huggingFace', { no_rope_layers: [1, 1, 0] }],
    ['smollm3-window', 'huggingFace', { no_rope_layer_interval: 0 }],
    ['smollm3-window', 'gguf', { 'attention.sliding_window': 12 }],
    ['olmo3', 'huggingFace', { clip_qkv: 8 }],
    ['olmo3', 'gguf', { 'attention.clamp_kqv': 8 }],
    ['olmo3', 'gguf', { 'attention.sliding_window_pattern': [true, false] }],
    ['mistral-head-dim', 'huggingFace', { hidden_act: 'gelu' }],
    ['mistral-head-dim', 'huggingFace', { activation: 'reglu' }],
    ['gpt2', 'huggingFace', { activation_function: 'relu' }],
    ['gpt2', 'huggingFace', { add_cross_attention: true }],
    ['gpt2', 'huggingFace', { n_inner: 'wide' }],
    ['gpt2', 'gguf', { 'attention.layer_norm_rms_epsilon': 1e-5 }],
    ['gpt-neox', 'huggingFace', { hidden_act: 'relu' }],
    ['gpt-neox', 'huggingFace', { use_parallel_residual: 'yes' }],
    ['gpt-neox', 'gguf', { 'rope.dimension_count': 3 }],
    ['gpt-neox', 'gguf', { 'attention.max_alibi_bias': 8 }],
    ['starcoder2', 'huggingFace', { norm_type: 'rms_norm' }],
    ['starcoder2', 'huggingFace', { mlp_type: 'gated' }],
    ['starcoder2', 'huggingFace', { scale_attn_weights: false }],
    ['starcoder2', 'gguf', { 'rope.dimension_count': 4 }],
    ['stablelm', 'huggingFace', { hidden_act: 'gelu' }],
    ['stablelm', 'huggingFace', { use_qkv_bias: 1 }],
    ['stablelm', 'huggingFace', { rotary_scaling_factor: 2 }],
    ['stablelm', 'gguf', { logit_scale: 2 }],
    ['cohere', 'huggingFace', { logit_scale: 0 }],
    ['cohere', 'huggingFace', { sliding_window: 16 }],
    ['cohere', 'gguf', { 'attention.sliding_window': 16 }],
    ['cohere2', 'huggingFace', { use_parallel_block: false }],
    ['cohere2', 'huggingFace', { position_embedding_type: 'alibi' }],
    ['cohere2', 'huggingFace', { layer_switch: 5 }],
    ['cohere2', 'huggingFace', { use_embedding_sharing: false }],
    ['mixtral', 'huggingFace', { hidden_act: 'gelu' }],
    ['mixtral', 'huggingFace', { num_experts_per_tok: 6 }],
    ['mixtral', 'huggingFace', { num_local_experts: 0 }],
    ['mixtral', 'gguf', { expert_used_count: 0 }],
    ['mixtral', 'gguf', { expert_gating_func: 2 }],
    ['mixtral', 'gguf', { expert_weights_scale: 2.5 }],
    ['mixtral', 'gguf', { expert_shared_count: 1 }],
    ['qwen3-moe', 'huggingFace', { norm_topk_prob: 'yes' }],
    ['qwen3-moe', 'huggingFace', { mlp_only_layers: ['all'] }],
    ['qwen3-moe', 'huggingFace', { decoder_sparse_step: 0 }],
    ['qwen3-moe', 'huggingFace', { use_qk_norm: false }],
    ['qwen3-moe', 'huggingFace', { shared_expert_intermediate_size: 16 }],
    ['qwen3-moe', 'gguf', { expert_group_count: 2 }],
    ['olmoe', 'huggingFace', { clip_qkv: -1 }],
    ['olmoe', 'huggingFace', { moe_intermediate_size: 12 }],
    ['olmoe', 'gguf', { expert_gating_func: 2 }],
    ['gpt-oss', 'huggingFace', { swiglu_limit: 0 }],
    ['gpt-oss', 'huggingFace', { hidden_act: 'gelu' }],
    ['gpt-oss', 'huggingFace', { num_experts_per_tok: 5, experts_per_token: 5 }],
    ['gpt-oss', 'gguf', { expert_gating_func: 1 }],
  ];
  test.each(refused.filter(isHere))('%s (%s): %j', (name, format, changes) => {
    const [key] = Object.keys(changes) as [string];
    expect(() => configWith(name, format, changes)).toThrow(
      expect.objectContaining({ code: 'model.unsupported', message: expect.stringContaining(key) }),
    );
  });

  const rotations: [Changes, RegExp][] = [
    [{ rope_scaling: { type: 'dynamic', factor: 2 } }, /dynamic/],
    [{ rope_scaling: { rope_type: 'yarn', factor: 2, llama_4_scaling_beta: 0.1 } }, /llama_4_scaling_beta/],
    [{ rope_scaling: { type: 'linear', factor: 'many' } }, /factor "many"/],
    [{ rope_scaling: 'linear' }, /rope_scaling/],
    [{ rope_scaling: LONG }, /short_factor/],
    [{ partial_rotary_factor: 0.5 }, /4 of the 8 elements of a head rotate \(partial_rotary_factor\)/],
    [{ rope_parameters: { rope_theta: 1e6, partial_rotary_factor: 0.5 } }, /4 of the 8 elements/],
    [{ rope_theta: -1 }, /rope_theta/],
    [{ rope_theta: 0 }, /rope_theta/],
    [{ rope_parameters: { rope_theta: Number.POSITIVE_INFINITY } }, /rope_theta Infinity/],
    [{ rope_parameters: { partial_rotary_factor: '0.5' } }, /partial_rotary_factor/],
    [
      { rope_parameters: { rope_type: 'default' }, rope_scaling: { type: 'linear', factor: 2 } },
      /rope_scaling and rope_parameters do not say the same \(type\)/,
    ],
  ];
  test.each(rotations)('rotary positions: %j', (changes, thing) => {
    expect(() => configWith('qwen2-window', 'huggingFace', changes)).toThrow(
      expect.objectContaining({ code: 'model.unsupported', message: expect.stringMatching(thing) }),
    );
  });
});

test('an embedding of another size than config.json says is told with both', () => {
  expect(() => configWith('qwen2-window', 'huggingFace', { vocab_size: 7 })).toThrow(
    /vocab_size is 7, and the embedding has \d+ rows/,
  );
});

test('heads of an odd width are read where nothing rotates', () => {
  expect(configWith('gpt2', 'huggingFace', { n_head: 8 }).layerKinds).toEqual([
    expect.objectContaining({ headDim: 5 }),
  ]);
});

test.each([
  ['qwen2-window', /sliding window/],
  ['gemma3-scale', /sliding window/],
] as const)('a GGUF file of %s says what it leaves out, its folder has all', (name, thing) => {
  expect(configWith(name, 'gguf', {}).notes).toEqual([{ template: expect.stringMatching(thing), values: [] }]);
  expect(configWith(name, 'huggingFace', {}).notes).toEqual([]);
});

test('arrays of whole numbers that nobody reads are refused like any other, but for places and masks', () => {
  const checkpoint = open((ARCHITECTURE_CASES.find(({ format }) => format === 'huggingFace') as { path: string }).path);
  const architecture = architectureOf(checkpoint);
  const config = architecture.config(checkpoint);
  const checkWith = (...buffers: string[]) =>
    checkTensors(
      Object.create(checkpoint, { buffers: { value: new Set(buffers) } }),
      config,
      architecture.weights(checkpoint, config),
    );
  expect(() => checkWith('h.0.attn.bias', 'embeddings.position_ids')).not.toThrow();
  expect(() => checkWith('model.layers.0.mlp.down_proj.qzeros')).toThrow(/no place for the tensor .*qzeros/);
});

const ABSURD = [undefined, null, 0, -1, 2.5, 2 ** 31, 1e300, Number.NaN, 'many', '', [], [0], {}, true, false];

test.each(ARCHITECTURE_CASES.map((one) => [`${one.name} (${one.format})`, one.path] as const))(
  'whatever one setting of %s is, the answer is a model or a sentence',
  (_, path) => {
    const checkpoint = open(path);
    for (const key of checkpoint.metadata.keys) {
      for (const value of ABSURD) {
        const other = changed(checkpoint, { [key]: value });
        try {
          const architecture = architectureOf(other);
          const config = architecture.config(other);
          checkTensors(other, config, architecture.weights(other, config));
        } catch (error) {
          expect(error, `${key} = ${value}`).toBeInstanceOf(VitrineError);
        }
      }
    }
  },
);

test.each([
  ['mamba', /no attention/],
  ['deepseek2', /latent/],
  ['jamba', /some of its layers have no attention/],
  ['qwen3next', /one of its experts sees every token/],
  ['bert', /predicts no next token/],
  ['t5', /reads a text and the other writes one/],
  ['what-comes-next-year', /does not know the architecture/],
])('of the architecture %s it says what is known', (architecture, reason) => {
  const { path } = ARCHITECTURE_CASES[0] as { path: string };
  const checkpoint = openCheckpoint(path);
  onTestFinished(() => checkpoint.close());
  const metadata = { ...checkpoint.metadata, architecture };
  expect(() => architectureOf(Object.create(checkpoint, { metadata: { value: metadata } }))).toThrow(
    expect.objectContaining({ code: 'model.architecture', message: expect.stringMatching(reason) }),
  );
});
