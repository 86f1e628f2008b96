import { describe, expect, it } from 'vitest';
import { defaultModelPath } from '../../../models/catalogue';
import { forwardFlops } from '../../../src/anatomy/flops';
import { cacheBytes, kvBytesPerToken, traceBytes } from '../../../src/anatomy/memory';
import { modelAnatomy } from '../../../src/model/anatomy';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { modelFileOf } from '../../../src/model/model-file';
import type { ModelAnatomy } from '../../../src/shared/anatomy-api';
import { atOnce } from '../../../src/tokenizer/slices';

/** A model of GPT-2's shape without biases, as nanoGPT's notebook `transformer_sizing.ipynb` counts it. */
const gpt2: ModelAnatomy = {
  parameters: 0,
  tensors: [
    { name: 'wte', part: 'embedding', roles: ['embedding'], elements: 50_257 * 768, products: 50_257 * 768 },
    { name: 'layers', part: 'mlp', roles: ['up'], elements: 12 * 12 * 768 ** 2, products: 12 * 12 * 768 ** 2 },
  ].map((tensor) => ({ ...tensor, part: tensor.part as 'mlp', shape: [], type: 'F32', bytes: 0 })),
  layers: Array.from({ length: 12 }, () => ({
    attention: { numAttentionHeads: 12, numKeyValueHeads: 12, headDim: 64 },
    stateSize: 0,
  })),
  hiddenSize: 768,
  vocabSize: 50_257,
  contextLength: 1024,
  tieWordEmbeddings: true,
};

describe('the model that comes with Vitrine', () => {
  const checkpoint = openCheckpoint(defaultModelPath());
  const { config, specs } = atOnce(modelFileOf(checkpoint));
  const anatomy = modelAnatomy(checkpoint, config, specs);
  checkpoint.close();

  it('has as many parameters as its tensors have, each in one part', () => {
    const of = (part: string) => anatomy.tensors.filter((tensor) => tensor.part === part);
    const sum = (part: string) => of(part).reduce((total, { elements }) => total + elements, 0);
    expect(anatomy.parameters).toBe(134_515_008);
    expect(sum('embedding')).toBe(28_311_552);
    expect(sum('attention') + sum('mlp')).toBe(106_168_320);
    expect(sum('norm')).toBe(30 * 2 * 576 + 576);
  });

  // Of each length, in GFLOP: every query by every key, and only those that it sees.
  it.each([
    [128, 35.56, 35.0],
    [512, 155.8, 146.8],
    [2048, 840.7, 695.9],
    [4096, 2261, 1682],
  ])('reads %i tokens by %f GFLOP, of which %f are needed', (tokens, full, causal) => {
    expect(Number((forwardFlops(anatomy, tokens, 'full').total / 1e9).toPrecision(4))).toBe(full);
    expect(Number((forwardFlops(anatomy, tokens, 'causal').total / 1e9).toPrecision(4))).toBe(causal);
  });

  it('costs as much read in two parts as at once', () => {
    const once = forwardFlops(anatomy, 300, 'causal');
    const first = forwardFlops(anatomy, 100, 'causal');
    const rest = forwardFlops(anatomy, 300, 'causal', 100);
    expect(first.total + rest.total).toBe(once.total);
  });

  it('keeps keys, values and residual streams of a token', () => {
    expect(kvBytesPerToken(anatomy)).toBe(46_080);
    expect(kvBytesPerToken(anatomy, 2)).toBe(23_040);
    expect(cacheBytes(anatomy, 100)).toBe(4_608_000);
    // 290 MB of 4,096 tokens, as the runtime's own process takes.
    expect(traceBytes(anatomy, 4096)).toBe(4 * 31 * 576 * 4096);
  });
});

it('a model of the shape of GPT-2 costs what its notebook says', () => {
  expect(forwardFlops(gpt2, 1024, 'full').total).toBe(291_648_307_200);
  // Scores alone, without the values that they are multiplied by.
  expect(forwardFlops(gpt2, 1024, 'full').scores / 2 / 12).toBe(1_610_612_736);
});

it('a layer with a window sees no more than that, and keeps no more', () => {
  const windowed = gpt2.layers.map((layer) => ({
    ...layer,
    attention: layer.attention && { ...layer.attention, slidingWindow: 16 },
  }));
  const pairs = (tokens: number) =>
    forwardFlops({ ...gpt2, layers: windowed }, tokens, 'causal').scores / (4 * 768 * 12);
  const seen = (tokens: number) =>
    Array.from({ length: tokens }, (_, query) => Math.min(query + 1, 16)).reduce((sum, keys) => sum + keys, 0);
  for (const tokens of [1, 15, 16, 17, 100]) expect(pairs(tokens)).toBe(seen(tokens));
  expect(cacheBytes({ ...gpt2, layers: windowed }, 1000)).toBe(cacheBytes(gpt2, 16));
});
