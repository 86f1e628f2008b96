import { InferenceSession } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { counts, float32, floats, int64 } from '../../../src/engine/tensors';
import { UNEMBEDDING } from '../../../src/model/graphs/ports';
import { writeDistributionStatistics } from '../../../src/model/graphs/unembedding';
import { encodeModel } from '../../../src/model/onnx/encode';
import { Graph } from '../../../src/model/onnx/graph';
import { multiply } from '../../../src/model/onnx/operations';
import { randomFrom } from '../../../src/shared/sampling';
import { largestDifference } from '../../support/compare';

const ROWS = 8;

// Vocabularies of a part of a block, of blocks and a part, and of blocks alone.
test.each([60, 256, 1000, 49_152, 50_257])(
  'a distribution over %i tokens is what float64 makes of its logits',
  async (vocabulary) => {
    const random = randomFrom(vocabulary);
    // From nearly equal tokens to a few that have nearly all of the probability.
    const logits = Float32Array.from(
      { length: ROWS * vocabulary },
      (_, at) => 20 + Math.floor(at / vocabulary) * 4 * random(),
    );
    const targets = Array.from({ length: ROWS }, () => Math.floor(random() * vocabulary));
    const results = await statisticsOf(logits, targets, vocabulary);
    const expected = targets.map((target, row) =>
      inFloat64(logits.subarray(row * vocabulary, (row + 1) * vocabulary), target),
    );
    expect(
      largestDifference(
        results.logprob,
        expected.map(({ logprob }) => logprob),
      ),
    ).toBeLessThan(1e-5);
    expect(
      largestDifference(
        results.entropy,
        expected.map(({ bits }) => bits),
      ),
    ).toBeLessThan(2e-5);
    expect([...results.rank]).toEqual(expected.map(({ rank }) => rank));
  },
);

async function statisticsOf(logits: Float32Array, targets: number[], vocabulary: number) {
  const g = new Graph('statistics');
  const input = g.input('x', 'float32', ['N', vocabulary]);
  writeDistributionStatistics(g, multiply(g, input, g.constant('float32', [1])), vocabulary);
  const session = await InferenceSession.create(encodeModel(g));
  const feeds = { x: float32(logits, ROWS, vocabulary), [UNEMBEDDING.target]: int64(targets, ROWS) };
  const results = await session.run(feeds);
  await session.release();
  return {
    logprob: floats(results[UNEMBEDDING.logprob]),
    entropy: floats(results[UNEMBEDDING.entropy]),
    rank: counts(results[UNEMBEDDING.rank]),
  };
}

function inFloat64(logits: Float32Array, target: number) {
  const own = logits[target] as number;
  const z = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  const nats = logits.reduce((sum, logit) => sum + (Math.exp(logit) / z) * (Math.log(z) - logit), 0);
  return { logprob: own - Math.log(z), bits: nats / Math.LN2, rank: logits.filter((logit) => logit > own).length };
}
