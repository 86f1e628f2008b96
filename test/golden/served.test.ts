import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelServer } from '../../src/remote/model-server';
import { type StartedServedEngine, startServedEngine } from '../../src/remote/start-served-engine';
import { useEngine } from '../support/engine';
import { GOLDEN_TEXTS, goldenJson, hasGoldens } from '../support/golden';
import { expectGolden } from '../support/golden-reading';
import { defaultVocabulary } from '../support/vocabularies';

/** Where a vLLM serves the embedded model's weights as float32: `VITRINE_VLLM=http://127.0.0.1:8123`. */
const address = process.env.VITRINE_VLLM;

describe.skipIf(!hasGoldens || !address)('a vLLM with the embedded model (VITRINE_VLLM) agrees with PyTorch', () => {
  const local = useEngine();
  let served: StartedServedEngine;
  beforeAll(async () => {
    served = startServedEngine({
      server: async () => modelServer({ address: address as string, fetch }),
      vocabulary: async () => defaultVocabulary(),
    });
    await served.model;
  });
  afterAll(() => served?.engine.stop());

  it.each(GOLDEN_TEXTS)('tokens and predictions of %s', async (name) => {
    const { entropyAfter } = await expectGolden(name, served.engine, local.engine);
    for (const [i, bits] of goldenJson(name).entropy_bits.entries()) {
      // From the few most probable tokens it follows what the entropy is at the least.
      expect(entropyAfter[i], `entropy after token ${i}`).toBeLessThanOrEqual(bits + 1e-3);
    }
  });
});
