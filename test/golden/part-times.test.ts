import { describe, expect, test } from 'vitest';
import { noInterventions } from '../../src/engine/interventions/interventions';
import { profiledRuns } from '../../src/engine/part-times/profiled-runs';
import { TimedPasses } from '../../src/engine/part-times/timed-passes';
import { createSessions, sessionsOf } from '../../src/engine/sessions';
import { compileModel } from '../../src/model/compile';
import { type PassTimes, TIMED_PARTS } from '../../src/shared/part-times-api';
import { ARCHITECTURE_CASES } from '../support/architecture-cases';
import { nextTask, useEngine } from '../support/engine';
import { TASK } from '../support/load-architecture';
import { temporaryFolder } from '../support/temporary-folder';

/** Biases, experts in packed blocks and sinks, windows, states in place of attention, packed matrices. */
const NAMES = ['gpt2-options', 'gpt-oss-mxfp4', 'olmoe', 'gemma4', 'qwen35', 'llama-q4-k'];

describe.each(NAMES)('%s', (name) => {
  test('every operation that runs works for a part, and every layer for its own', async () => {
    const one = ARCHITECTURE_CASES.findLast((known) => known.name === name);
    const [folder, profileFolder] = [temporaryFolder(), temporaryFolder()];
    const model = await compileModel(one?.path ?? '', { cache: { folder, limitBytes: 1e9 }, weights: 'auto' });
    const sessions = await createSessions(model, { provider: 'cpu', threads: 1, profileFolder });
    const ids = Uint32Array.from(one?.golden.texts[0]?.ids ?? []).subarray(0, 8);
    await new TimedPasses(model, sessions, noInterventions(model.config), true).read(ids, TASK);
    await sessions.decoder.endProfiling();
    await sessions.unembedding.endProfiling();
    const runs = await profiledRuns(profileFolder);
    for (const session of sessionsOf(sessions)) await session.release();

    // What runs within a branch is not counted twice.
    for (const { duration, nodes } of [...runs.values()].flat()) {
      const durations = nodes.map((node) => node.duration);
      expect(Math.min(...durations)).toBeGreaterThanOrEqual(0);
      expect(durations.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(duration);
    }
    const names = [...runs.values()].flat().flatMap(({ nodes }) => nodes.map((node) => node.name));
    const wordsOf = (node: string) => node.split('/').slice(0, -1);
    const without = names.filter((node) => !wordsOf(node).some((word) => TIMED_PARTS.includes(word as never)));
    expect(without).toEqual([]);
    for (let layer = 0; layer < model.config.numHiddenLayers; layer++) {
      const ofLayer = names.filter((node) => wordsOf(node).includes(`layer.${layer}`));
      const parts = new Set(ofLayer.flatMap(wordsOf));
      expect([...parts]).toEqual(expect.arrayContaining(['attention', 'scores', 'mlp', 'norm']));
    }
  });
});

describe('the parts of the embedded model', () => {
  const use = useEngine();

  // Whether they take as long as an ordinary pass is a benchmark: bench/engine/part-times.ts.
  test('are those of every layer, and together as long as the pass', async () => {
    const ids = Array.from({ length: 16 }, (_, i) => 500 + i);
    const { trace } = await use.engine.forwardTokens({ task: nextTask(), ids });
    const { prefill, decoding } = await use.engine.partTimes({ task: nextTask(), trace });
    expect([prefill.tokens, prefill.past, decoding.tokens, decoding.past]).toEqual([ids.length, 0, 1, ids.length]);
    for (const pass of [prefill, decoding]) {
      expect(sumOf(pass)).toBeCloseTo(pass.milliseconds, 6);
      expect(pass.parts.every(({ milliseconds }) => milliseconds >= 0)).toBe(true);
      const mlps = pass.parts.filter(({ part }) => part === 'mlp');
      expect(mlps.map(({ layer }) => layer)).toEqual(Array.from({ length: 30 }, (_, layer) => layer));
    }
  });

  test('are held against limits of the machine, which another try never lowers', async () => {
    const limits = await use.engine.machineLimits({});
    expect(await use.engine.machineLimits({})).toEqual(limits);
    const again = await use.engine.machineLimits({ again: true });
    expect(again.flopsPerSecond).toBeGreaterThanOrEqual(limits.flopsPerSecond);
    expect(again.bytesPerSecond).toBeGreaterThanOrEqual(limits.bytesPerSecond);
    // From the slowest machine that runs an editor to the fastest that there is.
    expect(limits.flopsPerSecond).toBeGreaterThan(1e9);
    expect(limits.flopsPerSecond).toBeLessThan(1e14);
    expect(limits.bytesPerSecond).toBeGreaterThan(1e8);
    expect(limits.bytesPerSecond).toBeLessThan(1e13);
  });
});

const sumOf = ({ parts }: PassTimes): number => parts.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
