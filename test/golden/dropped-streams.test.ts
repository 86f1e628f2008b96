import { expect, test } from 'vitest';
import { AttentionPatterns } from '../../src/engine/attention/attention-patterns';
import { noInterventions } from '../../src/engine/interventions/interventions';
import { predictionsOf } from '../../src/engine/predictions';
import { Prefill } from '../../src/engine/prefill';
import { residualOf } from '../../src/engine/trace';
import { loadArchitecture, TASK } from '../support/load-architecture';

const LIMIT = 200_000;

test('of a text whose residual streams would take too much memory the last is kept, and attention says what it lacks', async () => {
  const loaded = await loadArchitecture({ path: 'test/fixtures/architectures/llama-q8-0/model.gguf' });
  const { model, sessions } = loaded;
  const limited = new Prefill(sessions, model, async (bytes) => bytes <= LIMIT);
  const unlimited = new Prefill(sessions, model);
  const perToken = model.config.numHiddenLayers * model.config.hiddenSize * Float32Array.BYTES_PER_ELEMENT;
  const fitting = Math.floor(LIMIT / perToken);
  const ids = (count: number) => Uint32Array.from({ length: count }, (_, i) => (i * 7) % model.config.vocabSize);
  const read = async (prefill: Prefill, count: number) =>
    (await prefill.run(ids(count), noInterventions(model.config), TASK)).trace;
  const open = (trace: Awaited<ReturnType<typeof read>>) =>
    new AttentionPatterns(sessions, model).pattern(trace, 0, 0, { from: 0, to: 8 });

  const [short, long] = [await read(limited, fitting), await read(limited, fitting + 100)];
  await expect(open(short)).resolves.toBeDefined();
  await expect(open(long)).rejects.toMatchObject({ code: 'trace.streams' });

  const whole = await read(unlimited, fitting + 100);
  expect(predictionsOf(long, 0, fitting, 5)).toEqual(predictionsOf(whole, 0, fitting, 5));
  const last = (trace: typeof whole) => residualOf(trace, model.config.numHiddenLayers, 0, fitting + 100);
  expect(last(long)).toEqual(last(whole));

  // A text that fits again is read anew, for it cannot begin with a trace that lacks what it needs.
  await expect(open(await read(limited, fitting))).resolves.toBeDefined();
});
