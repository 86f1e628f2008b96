import { describe, expect, test } from 'vitest';
import { largestDifference } from '../support/compare';
import { LLAMA_VARIANTS } from '../support/llama-fixtures';
import { loadLlama } from '../support/load-llama';
import { rowsOf } from '../support/patterns';
import { runDecoder, runUnembedding } from '../support/run-graphs';

const LOGPROB = 1e-4;

describe.each(LLAMA_VARIANTS)('%s equals PyTorch', (variant) => {
  test('in the residual stream at every layer border', async () => {
    const { model, sessions, reference } = await loadLlama(variant);
    const { residual } = await runDecoder(sessions, model, reference.ids);
    const values = residual.flatMap((layer) => [...layer]);
    expect(largestDifference(values, reference.residual)).toBeLessThan(1e-4);
  });

  test('in probability, rank and entropy', async () => {
    const { model, sessions, reference } = await loadLlama(variant);
    const { numHiddenLayers, vocabSize } = model.config;
    const next = [...reference.ids.slice(1), 0];
    const result = await runUnembedding(sessions, model, reference.residualOf(numHiddenLayers), next);
    expect(largestDifference(result.logprobs, reference.logprobs)).toBeLessThan(LOGPROB);
    const ofNext = next.map((id, i) => reference.logprobs[i * vocabSize + id] as number);
    expect(largestDifference(result.logprob, ofNext)).toBeLessThan(LOGPROB);
    expect([...result.rank.subarray(0, -1)]).toEqual(reference.rank);
    expect(largestDifference(result.entropy, reference.entropy)).toBeLessThan(1e-4);
  });

  test('in the most probable tokens', async () => {
    const { model, sessions, reference } = await loadLlama(variant);
    const result = await runUnembedding(
      sessions,
      model,
      reference.residualOf(model.config.numHiddenLayers),
      reference.ids,
    );
    const topK = 50;
    for (const [position, logprobs] of rowsOf(reference.logprobs, model.config.vocabSize).entries()) {
      const ids = [...result.topIds.subarray(position * topK, (position + 1) * topK)];
      const top = result.topLogprobs.subarray(position * topK, (position + 1) * topK);
      const best = logprobs.toSorted().reverse().subarray(0, topK);
      expect(new Set(ids).size).toBe(topK);
      expect(largestDifference(top, best)).toBeLessThan(LOGPROB);
      const ofIds = ids.map((id) => logprobs[id] as number);
      expect(largestDifference(ofIds, best)).toBeLessThan(LOGPROB);
    }
  });

  test('with headMask, of which 0 ablates a head', async () => {
    const { model, sessions, reference } = await loadLlama(variant);
    const { residual } = await runDecoder(sessions, model, reference.ids, { headMask: reference.headMask });
    const result = await runUnembedding(sessions, model, residual.at(-1) ?? new Float32Array(), reference.ids);
    expect(largestDifference(result.logprobs, reference.maskedLogprobs)).toBeLessThan(LOGPROB);
  });
});

test.each(LLAMA_VARIANTS)('%s gives the same in one run and in several over the key-value cache', async (variant) => {
  const { model, sessions, reference } = await loadLlama(variant);
  const whole = await runDecoder(sessions, model, reference.ids);
  const runs = [1, 5, reference.ids.length - 8, 2];
  const parts = await runDecoder(sessions, model, reference.ids, { runs });
  for (const name of ['trackedWeights', 'entropy', 'blockMaximum', 'blockSum'] as const) {
    expect(largestDifference(parts[name], whole[name]), name).toBeLessThan(1e-5);
  }
  for (const [layer, values] of whole.residual.entries()) {
    expect(largestDifference(parts.residual[layer] ?? [], values), `layer ${layer}`).toBeLessThan(1e-5);
  }
});
