import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/client';
import { createLenses, createRuns } from '../../src/inspector';
import type { EngineEvents } from '../../src/shared/engine-api';
import { inspectJson } from '../support/command-line';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';

const TEXT = 'The mouse that ate the cheese ran from the cat.';

describe('what views have the engine do', () => {
  const reports: Parameters<EngineEvents['progress']>[0][] = [];
  let engine: Engine;
  let inspected: ReturnType<typeof createRuns>;
  beforeAll(async () => {
    engine = startTestEngine({ onProgress: (report) => inspected?.engineProgress(report) });
    inspected = createRuns(engine, { newTask: () => 1000 + nextTask(), progress: (report) => reports.push(report) });
    await engine.load(loadRequest());
  });
  afterAll(() => engine.stop());

  it('a text is read, and the lenses show it as the command line does', async () => {
    const { trace, ids, starts, ends } = await inspected.runs.forward({ task: 1, text: TEXT });
    const { tokens } = await inspectJson(TEXT);
    expect(Array.from(ids, (id, i) => ({ id, start: starts[i], end: ends[i] }))).toMatchObject(
      tokens.map(({ id, start, end }) => ({ id, start, end })),
    );
    const { rank } = await createLenses(engine).predictions({ trace, from: 0, to: ids.length });
    expect([...rank.subarray(1)]).toEqual(tokens.slice(1).map((token) => token.rank));
  });

  it('progress comes under the number of the view, and of its own tasks only', async () => {
    reports.length = 0;
    await engine.forward({ task: nextTask(), text: 'Somebody else reads this.' });
    expect(reports).toEqual([]);
    const { trace } = await inspected.runs.forward({ task: 7, text: TEXT });
    await inspected.runs.continuation({ task: 7, trace, count: 3 });
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.every(({ task }) => task === 7)).toBe(true);
    expect(reports.at(-1)).toEqual({ task: 7, stage: 'continue', done: 3, total: 3 });
  });

  it('a task ends by its number, and no other does', async () => {
    const long = inspected.runs.forward({ task: 1, text: `${TEXT} `.repeat(300) });
    const other = inspected.runs.forward({ task: 2, text: TEXT });
    await inspected.runs.cancel({ task: 1 });
    await inspected.runs.cancel({ task: 99 });
    await expect(long).rejects.toMatchObject({ code: 'task.cancelled' });
    expect((await other).ids.length).toBeGreaterThan(5);
  });

  it('all end when the page that waits for them is gone, and the next one begins its numbers anew', async () => {
    const long = inspected.runs.forward({ task: 1, text: `${TEXT} It went on. `.repeat(300) });
    const refused = expect(long).rejects.toMatchObject({ code: 'task.cancelled' });
    inspected.cancelAll();
    expect((await inspected.runs.forward({ task: 1, text: TEXT })).ids.length).toBeGreaterThan(5);
    await refused;
  });

  it('two tasks under one number are refused', async () => {
    const first = inspected.runs.forward({ task: 3, text: TEXT });
    await expect(inspected.runs.forward({ task: 3, text: 'x' })).rejects.toMatchObject({ code: 'request.task' });
    await first;
  });

  it('tokens are read as they are', async () => {
    const { ids } = await inspected.runs.forward({ task: 4, text: TEXT });
    const { trace } = await inspected.runs.forwardTokens({ task: 4, ids: [...ids, ...ids] });
    expect((await createLenses(engine).predictions({ trace, from: 0, to: 2 * ids.length })).rank).toHaveLength(
      2 * ids.length,
    );
  });
});
