import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../../../src/model/config';
import { type Changes, configWith, type Format, isHere } from '../../support/changed-config';

/** The windows of all layers. */
const windows = ({ layerKinds, kindOfLayer }: ModelConfig) =>
  kindOfLayer.map((kind) => layerKinds[kind]?.slidingWindow);

const GENERATION = {
  do_sample: true,
  length_penalty: 1,
  max_length: 50,
  num_beams: 1,
  temperature: 1,
  top_k: 50,
  top_p: 1,
};
const LINEAR = { type: 'linear', factor: 8 };
const YARN = { type: 'yarn', factor: 8, original_max_position_embeddings: 64 };

describe('what folders of real models say beside changes nothing', () => {
  const harmless: [name: string, changes: Changes, as?: Changes][] = [
    ['qwen2-window', { model_name: 'unsloth/Qwen3-4B', unsloth_fixed: true, unsloth_version: '2026.3.3' }],
    [
      'qwen2-window',
      {
        do_sample: true,
        temperature: 0.6,
        top_p: 0.95,
        max_length: 20,
        num_beams: 1,
        pruned_heads: {},
        return_dict: true,
      },
    ],
    ['gpt2', { n_special: 0, predict_special_tokens: true, output_past: true, _num_labels: 1, ...GENERATION }],
    ['mistral-head-dim', { activation: 'swiglu', max_sequence_length: 2048, _flash_attn_2_enabled: true }],
    ['mistral-head-dim', { rope_scaling: { ...YARN, finetuned: true, attn_factor: 0.878 } }, { rope_scaling: YARN }],
    ['mistral-head-dim', { rope_scaling: { ...LINEAR, attention_factor: 1.2 } }, { rope_scaling: LINEAR }],
    ['mistral-head-dim', { rope_scaling: { ...YARN, mscale: 0.7, mscale_all_dim: 0 } }, { rope_scaling: YARN }],
    ['qwen3-moe', { use_qk_norm: true, qkv_bias: false, shared_expert_intermediate_size: 0 }],
    ['qwen35', { mlp_only_layers: [], mtp_use_dedicated_embeddings: false }],
    ['cohere2', { use_parallel_embedding: true }],
    ['stablelm', { num_heads: 2, rotary_scaling_factor: 1 }],
  ];
  test.each(harmless.filter(([name]) => isHere([name, 'huggingFace'])))('%s: %j', (name, changes, as = {}) => {
    expect(configWith(name, 'huggingFace', changes)).toEqual(configWith(name, 'huggingFace', as));
  });
});

describe('one thing that is said in two ways is read alike', () => {
  const outer = { rope_theta: 2e6, rope_local_base_freq: 3000 };
  const nested = (global: object, local: object) => ({
    rope_parameters: {
      full_attention: { rope_type: 'default', ...global },
      sliding_attention: { rope_type: 'default', ...local },
    },
  });
  const ofGlobalLayer = { per_layer_config: { 2: { head_dim: 16, num_key_value_heads: 1 } } };
  const yarn = { rope_type: 'yarn', factor: 32, original_max_position_embeddings: 4096 };
  const alike: [name: string, format: Format, one: Changes, other: Changes][] = [
    ['gemma3-scale', 'huggingFace', { ...outer, ...nested({}, {}) }, nested({ rope_theta: 2e6 }, { rope_theta: 3000 })],
    [
      'gemma4',
      'huggingFace',
      {},
      { ...ofGlobalLayer, global_head_dim: undefined, num_global_key_value_heads: undefined },
    ],
    ['gpt-oss', 'huggingFace', { rope_scaling: null }, { rope_scaling: { ...yarn, truncate: false } }],
    ['gpt-oss', 'huggingFace', { rope_scaling: yarn }, { rope_scaling: { ...yarn, truncate: true } }],
    ['granite-bias', 'gguf', {}, { 'attention.head_count_kv': new Int32Array([2, 2]) }],
  ];
  test.each(alike.filter(isHere))('%s (%s): %j and %j', (name, format, one, other) => {
    expect(configWith(name, format, one)).toEqual(configWith(name, format, other));
  });

  test('but not what differs', () => {
    const rope = (changes: Changes) => configWith('gpt-oss', 'huggingFace', { rope_scaling: { ...yarn, ...changes } });
    expect(rope({ truncate: false }).layerKinds).not.toEqual(rope({}).layerKinds);
  });
});

describe('what config.json leaves out is what the class of transformers has', () => {
  const absent: [name: string, changes: Changes, expected: (number | undefined)[]][] = [
    ['mistral-head-dim', { sliding_window: undefined }, [4096, 4096]],
    ['mistral-head-dim', { sliding_window: null }, [undefined, undefined]],
    ['qwen2-window', { sliding_window: undefined }, [undefined, 4096, 4096]],
    ['qwen2-window', { use_sliding_window: undefined }, [undefined, undefined, undefined]],
    ['qwen2-window', { max_window_layers: undefined }, [undefined, undefined, undefined]],
    ['gemma2', { sliding_window: undefined }, [4096, undefined, 4096]],
    ['gemma3-scale', { layer_types: undefined }, [12, 12, undefined, 12]],
    ['gemma3-scale', { layer_types: undefined, sliding_window_pattern: undefined }, [12, 12, 12, 12]],
    ['gemma4', { layer_types: Array(3).fill('sliding_attention') }, [12, 12, undefined]],
    ['olmo3', { layer_types: undefined, sliding_window: undefined }, [4096, 4096, 4096, undefined]],
    ['phi4-mini', { sliding_window: undefined }, [undefined, undefined]],
    ['smollm3-window', { no_rope_layers: [1, 0, 1, 1] }, [undefined, 12, undefined, undefined]],
  ];
  test.each(absent.filter(([name]) => isHere([name, 'huggingFace'])))(
    '%s: %j has the windows %j',
    (name, changes, expected) => {
      expect(windows(configWith(name, 'huggingFace', changes))).toEqual(expected);
    },
  );
});
