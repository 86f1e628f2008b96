import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { modelAnatomy } from '../../../src/model/anatomy';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { modelFileOf } from '../../../src/model/model-file';
import { atOnce } from '../../../src/tokenizer/slices';

// What transformers' models have in one module or in several: `query_key_value`, `gate_up_proj`, a list of experts.
it.each([
  ['gpt-neox-sequential', 'blk.0.attn_qkv.weight', ['query', 'key', 'value']],
  ['gpt-neox-sequential', 'blk.1.attn_qkv.bias', ['query.bias', 'key.bias', 'value.bias']],
  ['phi4', 'blk.0.ffn_up.weight', ['gate', 'up']],
  ['olmoe', 'blk.0.ffn_down_exps.weight', ['experts.down']],
  ['llama-biases', 'blk.0.attn_q.weight', ['query']],
])('%s has in the tensor %s what it has', (model, name, roles) => {
  const checkpoint = openCheckpoint(resolve('test/fixtures/architectures', model, 'model.gguf'));
  const { config, specs } = atOnce(modelFileOf(checkpoint));
  const { tensors } = modelAnatomy(checkpoint, config, specs);
  checkpoint.close();
  expect(tensors.find((tensor) => tensor.name === name)?.roles).toEqual(roles);
});
