import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noInterventions } from '../../src/engine/interventions/interventions';
import { loadModel } from '../../src/engine/load';
import type { LoadedModel } from '../../src/engine/loaded-model';
import { predictionsOf } from '../../src/engine/predictions';
import { cacheFolder } from '../../src/model/cache/folder';
import { tokenizeForModel } from '../../src/tokenizer/model-text';
import { largestDifference } from '../support/compare';
import { gemmaFile } from '../support/gemma';
import { TASK } from '../support/load-architecture';

interface Golden {
  texts: { text: string; ids: number[]; sum_logprob: number; logprob: (number | null)[]; entropy_bits: number[] }[];
}

/** What transformers computes with the same file: test/fixtures/architectures/README.md says how. */
const golden = JSON.parse(
  readFileSync(fileURLToPath(new URL('../fixtures/gemma3-270m/golden.json', import.meta.url)), 'utf8'),
) as Golden;

const file = gemmaFile();
if ('missing' in file) console.error(`The tests of Gemma 3 270M are skipped: ${file.missing}`);

/** As the file has them: in float32, test/integration/examples.test.ts reads with it. */
const weights = 'packed';

describe.skipIf('missing' in file)('Gemma 3 270M', () => {
  let model: LoadedModel;

  beforeAll(async () => {
    const path = 'path' in file ? file.path : '';
    const cache = { folder: cacheFolder(), limitBytes: 5e9 };
    const request = { path, provider: 'cpu', cache, weights, allowLarge: true } as const;
    model = await loadModel(request, TASK.signal, () => () => {});
  });
  afterAll(() => model?.release());

  test.each(golden.texts.map((one) => [`${one.text.slice(0, 40)} (${one.ids.length} tokens)`, one] as const))(
    'equals transformers: %s',
    async (_, one) => {
      const options = { special: false, truncate: false, truncateStep: 1 };
      const { ids } = tokenizeForModel(model.tokenizer, model.compiled.config, one.text, options);
      expect([...ids]).toEqual(one.ids);
      const { trace } = await model.prefill.run(ids, noInterventions(model.compiled.config), TASK);
      const read = predictionsOf(trace, 0, ids.length, 1);
      expect(largestDifference(read.logprob.subarray(1), one.logprob.slice(1) as number[])).toBeLessThan(3e-4);
      expect(largestDifference(read.entropyAfter, one.entropy_bits)).toBeLessThan(3e-4);
      expect(read.logprob.subarray(1).reduce((sum, one) => sum + one, 0)).toBeCloseTo(one.sum_logprob, 1);
    },
    240_000,
  );
});
