import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { llama } from '../../../src/model/architectures/llama';
import { compileModel } from '../../../src/model/compile';
import { checkTensors } from '../../../src/model/weights';
import { VitrineError } from '../../../src/shared/errors';
import { checkpointOf } from '../../support/checkpoint-of';
import { temporaryFolder } from '../../support/temporary-folder';
import { TINY_LLAMA_SHAPES, type TinyLlamaChanges, tinyLlama } from '../../support/tiny-llama';

const MEBIBYTE = 2 ** 20;

const COUNTS = [
  'llama.block_count',
  'llama.context_length',
  'llama.embedding_length',
  'llama.feed_forward_length',
  'llama.attention.head_count',
  'llama.attention.head_count_kv',
  'llama.attention.key_length',
];
const FACTORS = ['llama.rope.freq_base', 'llama.rope.scaling.factor', 'llama.attention.layer_norm_rms_epsilon'];

const tinyCheckpoint = (changes: TinyLlamaChanges) => checkpointOf(tinyLlama(changes));
const configOf = (changes: TinyLlamaChanges) => llama.config(tinyCheckpoint(changes));
const kindOf = (metadata: TinyLlamaChanges['metadata'] = {}) => configOf({ metadata }).layerKinds[0];

/** Of heads 8 wide. */
const frequenciesOf = (theta: number) => [0, 2, 4, 6].map((i) => expect.closeTo(theta ** (-i / 8), 12));

/** Asks for the refusal of a file: by this code, in a sentence that names the file and the thing, and with nothing made of it. */
async function expectRefusal(changes: TinyLlamaChanges, code: string | RegExp, thing: string | RegExp): Promise<void> {
  const folder = temporaryFolder();
  const path = join(folder, 'tiny.gguf');
  writeFileSync(path, tinyLlama(changes));
  const cache = { folder: join(folder, 'cache'), limitBytes: 1e9 };
  const before = process.memoryUsage().rss;
  await expect(compileModel(path, { cache })).rejects.toMatchObject({
    name: 'VitrineError',
    code: expect.stringMatching(code),
    message: expect.stringMatching(thing),
  });
  await expect(compileModel(path, { cache })).rejects.toThrow(path);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * MEBIBYTE);
  expect(existsSync(cache.folder)).toBe(false);
}

test('a complete file is taken', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'tiny.gguf');
  writeFileSync(path, tinyLlama());
  const { config } = await compileModel(path, { cache: { folder, limitBytes: 1e9 } });
  expect(config).toMatchObject({
    architecture: 'llama',
    numHiddenLayers: 2,
    hiddenSize: 16,
    numAttentionHeads: 2,
    intermediateSize: 24,
    vocabSize: 4,
    contextLength: 32,
    tieWordEmbeddings: true,
    kindOfLayer: [0, 0],
    layerKinds: [
      {
        numKeyValueHeads: 1,
        headDim: 8,
        scaling: 1 / Math.sqrt(8),
        rope: { frequencies: frequenciesOf(10_000), attentionFactor: 1 },
      },
    ],
  });
});

const YARN = { 'llama.rope.scaling.type': 'yarn', 'llama.rope.scaling.factor': 4 };

describe('metadata that is obeyed', () => {
  const quarter = frequenciesOf(10_000).map((_, i) => expect.closeTo(10_000 ** (-i / 4) / 4, 12));
  test.each([
    [
      'a base of the rotary frequencies',
      { 'llama.rope.freq_base': 500_000 },
      { rope: { frequencies: frequenciesOf(500_000) } },
    ],
    [
      'linear scaling',
      { 'llama.rope.scaling.type': 'linear', 'llama.rope.scaling.factor': 4 },
      { rope: { frequencies: quarter } },
    ],
    [
      'a factor alone, which is linear to llama.cpp',
      { 'llama.rope.scaling.factor': 4 },
      { rope: { frequencies: quarter } },
    ],
    [
      'no scaling',
      { 'llama.rope.scaling.type': 'none', 'llama.rope.scaling.factor': 4 },
      { rope: { frequencies: frequenciesOf(10_000) } },
    ],
    [
      'what cosines and sines are multiplied by',
      { 'llama.rope.scaling.attn_factor': 0.5 },
      { rope: { attentionFactor: 0.5 } },
    ],
    [
      'what YaRN is multiplied by beside its own factor',
      { 'llama.rope.scaling.attn_factor': 0.5, ...YARN },
      { rope: { attentionFactor: expect.closeTo(0.5 * (0.1 * Math.log(4) + 1), 12) } },
    ],
    [
      'the whole factor of YaRN',
      { 'llama.rope.scaling.yarn_attn_factor': 1.25, ...YARN },
      { rope: { attentionFactor: 1.25 } },
    ],
    [
      'what is no factor of YaRN',
      { 'llama.rope.scaling.yarn_attn_factor': 0.878, ...YARN },
      { rope: { attentionFactor: expect.closeTo(0.1 * Math.log(4) + 1, 12) } },
    ],
    ['how its rows are ordered', { 'llama.tensor_data_layout': 'Meta AI original pth' }, { headDim: 8 }],
    ['no count of key-value heads', { 'llama.attention.head_count_kv': undefined }, { numKeyValueHeads: 2 }],
    ['wide heads', { 'llama.attention.key_length': 12, 'llama.attention.value_length': 12 }, { headDim: 12 }],
    ['a whole head rotated', { 'llama.rope.dimension_count': 8 }, { headDim: 8 }],
    ['a window of keys', { 'llama.attention.sliding_window': 4096 }, { slidingWindow: 4096 }],
    ['that it is causal', { 'llama.attention.causal': true }, { headDim: 8 }],
  ])('%s', (_, metadata, expected) => {
    expect(kindOf(metadata)).toMatchObject(expected);
  });

  test.each([
    ['a name', ' Tiny\x1b[2J ', 'Tiny[2J'],
    ['a name of which nobody reads the end', '🧀'.repeat(150_000), `${'🧀'.repeat(100)}…`],
  ])('%s', (_, name, shown) => {
    expect(configOf({ metadata: { 'general.name': name } }).name).toBe(shown);
  });

  test('a separate output', () => {
    expect(configOf({ shapes: { 'output.weight': [4, 16] } }).tieWordEmbeddings).toBe(false);
  });

  test.each([
    'llama.expert_count',
    'llama.expert_used_count',
    'llama.attention.sliding_window',
    'llama.attn_logit_softcapping',
    'llama.final_logit_softcapping',
  ])('%s of 0 means that it is not used', (key) => {
    expect(configOf({ metadata: { [key]: 0 } })).toEqual(configOf({}));
  });
});

describe('metadata that changes the forward pass in a way that is not implemented is refused', () => {
  test.each([
    ['llama.rope.scaling.yarn_log_multiplier', 0.1],
    ['llama.rope.scale_linear', 2],
    ['llama.rope.dimension_count', 4],
    ['llama.attention.value_length', 16],
    ['llama.attention.key_length', 7],
    ['llama.attention.causal', false],
    ['llama.attention.scale', 0.5],
    ['llama.attention.clamp_kqv', 8],
    ['llama.attention.max_alibi_bias', 8],
    ['llama.attention.layer_norm_epsilon', 0.1],
    ['llama.attn_logit_softcapping', 50],
    ['llama.final_logit_softcapping', 30],
    ['llama.expert_used_count', 2],
    ['llama.use_parallel_residual', true],
    ['llama.logit_scale', 0.25],
    ['llama.residual_scale', 0.25],
    ['llama.embedding_scale', 12],
    ['llama.what_comes_next_year', 'anything'],
  ])('%s = %s', async (key, value) => {
    await expectRefusal({ metadata: { [key]: value } }, 'model.unsupported', nameOf(key));
  });

  test.each([
    ['as nobody has written it down', 'what comes next year', /'what comes next year'/],
    ['by factors that are missing', 'longrope', /short_factor/],
  ])('rotary positions scaled %s', async (_, type, thing) => {
    await expectRefusal({ metadata: { 'llama.rope.scaling.type': type } }, 'model.unsupported', thing);
  });
});

describe('a number that cannot be is refused', () => {
  const absurd = [0, -1, 2.5, 2 ** 31, 2n ** 40n, 2n ** 53n - 1n, 2n ** 63n, 'many', Uint32Array.of(2, 2)];
  test.each(COUNTS.flatMap((key) => absurd.map((value) => ({ key, value }))))(
    '$key = $value',
    async ({ key, value }) => {
      // Where a count is possible in itself, the tensors contradict it.
      await expectRefusal(
        { metadata: { [key]: value } },
        /^(model\.unsupported|model\.tensor)$/,
        /llama\.|blk\.0|token_embd/,
      );
    },
  );

  test.each([
    ['llama.attention.head_count', 3],
    ['llama.attention.head_count_kv', 3],
    ['llama.attention.head_count_kv', 4],
  ])('heads that do not divide: %s = %i', async (key, value) => {
    await expectRefusal({ metadata: { [key]: value } }, 'model.unsupported', /llama\.attention/);
  });

  test.each(FACTORS.flatMap((key) => [0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((value) => ({ key, value }))))(
    '$key = $value',
    ({ key, value }) => expectRefusal({ metadata: { [key]: value } }, 'model.unsupported', nameOf(key)),
  );

  test.each([
    'llama.block_count',
    'llama.context_length',
    'llama.embedding_length',
    'llama.feed_forward_length',
    'llama.attention.head_count',
    'llama.attention.layer_norm_rms_epsilon',
  ])('%s missing', (key) => expectRefusal({ metadata: { [key]: undefined } }, 'model.settingMissing', nameOf(key)));

  test.each([
    ['llama.context_length', 2 ** 28 + 1, /llama\.context_length/],
    ['llama.attention.key_length', 2 ** 20, /1048576 wide/],
    ['llama.block_count', [2, 2], /llama\.block_count is a list/],
    ['llama.block_count', 'x'.repeat(1_000_000), /llama\.block_count is "x{100}…", which is no number/],
    ['llama.rope.scaling.type', 7, /llama\.rope\.scaling\.type is 7 instead of a text/],
  ])('%s in a sentence of bounded length', async (key, value, thing) => {
    const changes = { metadata: { [key]: Array.isArray(value) ? Uint32Array.from(value) : value } };
    await expectRefusal(changes, 'model.unsupported', thing);
    expect(() => configOf(changes)).toThrow(/^.{0,400}$/);
  });
});

test('whatever numbers the metadata holds, the answer is a model or a sentence', () => {
  const numbers = fc.oneof(fc.nat(40), fc.integer(), fc.maxSafeNat().map(BigInt), fc.double());
  const metadata = fc.dictionary(fc.constantFrom(...COUNTS, ...FACTORS), numbers, { maxKeys: 4 });
  fc.assert(
    fc.property(metadata, (changes) => {
      const checkpoint = tinyCheckpoint({ metadata: changes });
      try {
        const config = llama.config(checkpoint);
        checkTensors(checkpoint, config, llama.weights(checkpoint, config));
      } catch (error) {
        expect(error).toBeInstanceOf(VitrineError);
      }
    }),
    { numRuns: 1000 },
  );
});

test('an architecture that nothing here implements is refused', async () => {
  await expectRefusal({ metadata: { 'general.architecture': 'mamba' } }, 'model.architecture', /'mamba'/);
});

describe('tensors', () => {
  test.each([
    'blk.0.attn_norm.bias',
    'blk.1.ffn_gate_inp.weight',
    'blk.1.ffn_gate_exps.weight',
    'blk.0.attn_sub_norm.weight',
    'blk.0.attn_q_norm.weight',
    'blk.0.post_attention_norm.weight',
    'blk.2.attn_q.weight',
    'blk.99.attn_q.weight',
    'output_norm.bias',
    'output.bias',
    'position_embd.weight',
    'what_comes_next_year.weight',
  ])('%s, which the forward pass does not read, is refused', async (name) => {
    await expectRefusal({ shapes: { [name]: [16] } }, 'model.unsupported', nameOf(name));
  });

  test('several without a place are counted', async () => {
    const shapes = {
      'blk.0.attn_q_norm.weight': [8],
      'blk.1.attn_q_norm.weight': [8],
      'blk.1.attn_k_norm.weight': [8],
    };
    await expectRefusal({ shapes }, 'model.unsupported', /blk\.0\.attn_q_norm\.weight and 2 more/);
  });

  test.each(Object.keys(TINY_LLAMA_SHAPES))('%s missing is refused', async (name) => {
    await expectRefusal({ shapes: { [name]: undefined } }, 'model.tensor', nameOf(name));
  });

  test.each(Object.entries(TINY_LLAMA_SHAPES))('%s of another shape than %j is refused', async (name, shape) => {
    for (const other of [[...shape, 1], shape.with(-1, 7), [shape.reduce((product, size) => product * size, 1), 1]]) {
      await expectRefusal({ shapes: { [name]: other } }, 'model.tensor', nameOf(name));
    }
  });

  test.each([
    ['blk.0.attn_q.bias', 16],
    ['blk.0.attn_k.bias', 8],
    ['blk.1.attn_output.bias', 16],
    ['blk.1.ffn_gate.bias', 24],
  ])('the bias %s is taken with %i numbers, and refused with more', async (name, size) => {
    const checkpoint = tinyCheckpoint({ shapes: { [name]: [size] } });
    const config = llama.config(checkpoint);
    expect(() => checkTensors(checkpoint, config, llama.weights(checkpoint, config))).not.toThrow();
    await expectRefusal({ shapes: { [name]: [size + 1] } }, 'model.tensor', nameOf(name));
  });

  test.each(['long', 'short'])('rotary factors for %s texts alone are refused', async (length) => {
    const name = `rope_factors_${length}.weight`;
    await expectRefusal(
      { shapes: { [name]: [4] }, values: { [name]: new Float32Array(4).fill(1) } },
      'model.unsupported',
      nameOf(name),
    );
  });

  test('rotary divisors of another number than pairs are refused', async () => {
    await expectRefusal({ shapes: { 'rope_freqs.weight': [8] } }, 'model.tensor', /rope_freqs\.weight/);
  });

  test.each([0, -2, Number.NaN, Number.POSITIVE_INFINITY])('a rotary divisor of %d is refused', async (divisor) => {
    const changes = {
      shapes: { 'rope_freqs.weight': [4] },
      values: { 'rope_freqs.weight': Float32Array.of(1, 1, divisor, 1) },
    };
    await expectRefusal(changes, 'model.tensor', /rope_freqs\.weight/);
  });
});

const nameOf = (name: string) => new RegExp(name.replaceAll('.', '\\.'));
