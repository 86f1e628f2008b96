import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Checkpoint, CheckpointTensor } from '../../src/model/checkpoint/checkpoint';
import { openCheckpoint } from '../../src/model/checkpoint/open';
import { atOnce } from '../../src/tokenizer/slices';
import { huggingFaceFolder } from '../support/hugging-face-folder';

/** Tiny models of many architectures, as GGUF and as Hugging Face folders. They lie beside the repository. */
const folder = fileURLToPath(new URL('../../../shared/golden/architectures', import.meta.url));
const cases = existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/hf`)) : [];

/** Names of llama.cpp's converter, by those of transformers. */
const GGUF_NAMES = {
  'model.embed_tokens': 'token_embd',
  'model.norm': 'output_norm',
  lm_head: 'output',
  input_layernorm: 'attn_norm',
  post_attention_layernorm: 'ffn_norm',
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.qkv_proj': 'attn_qkv',
  'self_attn.o_proj': 'attn_output',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.gate_up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
  'mlp.c_fc': 'ffn_up',
  'mlp.c_proj': 'ffn_down',
} as Readonly<Record<string, string>>;

function ggufName(name: string): string {
  const [, layer, module = '', kind] = /^(?:model\.layers\.(\d+)\.)?(.*)\.(weight|bias)$/.exec(name) ?? [];
  return `${layer === undefined ? '' : `blk.${layer}.`}${GGUF_NAMES[module]}.${kind}`;
}

function using(path: string, use: (checkpoint: Checkpoint) => void): void {
  const checkpoint = openCheckpoint(path);
  use(checkpoint);
  checkpoint.close();
}

const valuesOf = (tensor: CheckpointTensor) =>
  tensor.rows(
    0,
    tensor.shape.slice(0, -1).reduce((product, size) => product * size, 1),
  );

describe.skipIf(cases.length === 0)('models in both formats', () => {
  test.each(cases)('%s opens, with its vocabulary', (name) => {
    for (const path of ['hf', 'model.gguf'].map((file) => `${folder}/${name}/${file}`).filter(existsSync)) {
      using(path, (checkpoint) => {
        expect(checkpoint.metadata.keys.length, path).toBeGreaterThan(5);
        expect(checkpoint.tensors.size, path).toBeGreaterThan(15);
        expect(checkpoint.endTokens.size, path).toBeGreaterThan(0);
        expect(atOnce(checkpoint.vocabulary()), path).toBeDefined();
      });
    }
  });

  test.each(['qwen2', 'starcoder2', 'phi3-longrope'])('the tensors of %s are the same in both', (name) => {
    using(`${folder}/${name}/hf`, (huggingFace) =>
      using(`${folder}/${name}/model.gguf`, (gguf) => {
        for (const tensor of huggingFace.tensors.values()) {
          const other = gguf.tensors.get(ggufName(tensor.name)) ?? expect.fail(tensor.name);
          expect(other.shape, tensor.name).toEqual(tensor.shape);
          expect(valuesOf(other), tensor.name).toEqual(valuesOf(tensor));
        }
      }),
    );
  });

  test('the experts of mixtral are rows of one tensor in GGUF', () => {
    using(`${folder}/mixtral/hf`, (huggingFace) =>
      using(`${folder}/mixtral/model.gguf`, (gguf) => {
        const expert = huggingFace.tensors.get('model.layers.0.block_sparse_moe.experts.2.w1.weight') ?? expect.fail();
        const experts = gguf.tensors.get('blk.0.ffn_gate_exps.weight') ?? expect.fail();
        const [rows = 0] = expert.shape;
        expect(experts.rows(2 * rows, rows)).toEqual(expert.rows(0, rows));
      }),
    );
  });

  test("a folder with GPT-2's own tokenizer files has the vocabulary that its tokenizer.json would have", () => {
    const whole = JSON.parse(readFileSync(`${folder}/gpt2/hf/tokenizer.json`, 'utf8'));
    const { vocab, merges }: { vocab: object; merges: string[][] } = whole.model;
    const lines = ['#version: 0.2', ...merges.map((pair) => pair.join(' '))].join('\n');
    const older = huggingFaceFolder({
      'config.json': { model_type: 'gpt2' },
      'tokenizer.json': undefined,
      'tokenizer_config.json': { add_bos_token: true, bos_token: '<|endoftext|>' },
      'vocab.json': vocab,
      'merges.txt': `${lines}\n`,
    });
    using(older, (checkpoint) => {
      expect(atOnce(checkpoint.vocabulary())).toMatchObject({
        format: 'huggingFace',
        tokenizer: {
          added_tokens: whole.added_tokens,
          normalizer: null,
          pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, use_regex: true },
          post_processor: { type: 'RobertaProcessing', cls: ['<|endoftext|>', 449] },
          model: { type: 'BPE', vocab, merges: merges.map((pair) => pair.join(' ')) },
        },
      });
    });
  });
});
