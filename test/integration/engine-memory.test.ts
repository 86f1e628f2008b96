import { expect, onTestFinished, test } from 'vitest';
import { loadRequest, nextTask, readAll, startTestEngine } from '../support/engine';
import { until } from '../support/processes';

const SENTENCE = 'A mouse ate the cheese that a cat had left. ';

async function start(memoryLimitBytes: number) {
  const engine = startTestEngine();
  onTestFinished(() => engine.stop());
  await engine.load(loadRequest({ memoryLimitBytes }));
  const read = (text: string) => engine.forward({ task: nextTask(), text });
  const kept = async () => {
    const { traceBytes, cacheBytes, traces } = await engine.status({});
    return { bytes: traceBytes + cacheBytes, traces };
  };
  return { engine, read, kept };
}

test('what was read stays within its limit, keys and values included, and the latest text is there whatever it takes', async () => {
  const limit = 60e6;
  const { engine, read, kept } = await start(limit);
  for (let text = 0; text < 8; text++) {
    await read(`Text ${text}. ${SENTENCE.repeat(20)}`);
    expect((await kept()).bytes).toBeLessThan(limit);
  }
  expect((await kept()).traces).toBeGreaterThan(1);
  const { trace, ids } = await readAll(engine, SENTENCE.repeat(80));
  expect((await kept()).bytes).toBeGreaterThan(limit);
  expect((await kept()).traces).toBe(1);
  await expect(engine.predictions({ trace, from: 0, to: ids.length })).resolves.toBeDefined();
  // Of as many tokens: what one gave can be put into the other.
  const other = await readAll(engine, SENTENCE.repeat(80).replace('mouse', 'cat'));
  const asked = { trace, source: other.trace, position: ids.length, layers: { from: 29, to: 30 } };
  const columns = { from: ids.length - 1, to: ids.length };
  const grid = engine.patchGrid({ ...asked, task: nextTask(), site: 'mlp', columns });
  await expect(grid).resolves.toBeDefined();
});

test('a text of which no trace is kept makes room for itself too', async () => {
  const { engine, read, kept } = await start(40e6);
  await read(SENTENCE.repeat(10));
  const { ids } = await readAll(engine, `Another: ${SENTENCE.repeat(10)}`);
  expect((await kept()).traces).toBe(2);
  await engine.score({ task: nextTask(), ids: [...ids, ...ids.slice(1), ...ids.slice(1), ...ids.slice(1)] });
  expect((await kept()).traces).toBe(1);
});

test('memory is given back when nobody asks for anything', async () => {
  const { engine, read, kept } = await start(200e6);
  await read(SENTENCE.repeat(90));
  for (let text = 0; text < 6; text++) await read(`Text ${text}. ${SENTENCE.repeat(20)}`);
  const [before, { processBytes, cacheBytes }] = [await kept(), await engine.status({})];
  expect(before.traces).toBeGreaterThan(5);
  await until(async () => (await kept()).bytes < before.bytes / 2, 'what was read has gone', 15);
  const after = await engine.status({});
  expect(after.cacheBytes).toBeLessThan(cacheBytes / 2);
  const given = (before.bytes - (await kept()).bytes) / 2;
  // V8 frees arrays in a thread of its own.
  await until(async () => processBytes - (await engine.status({})).processBytes > given, 'the system has it back', 5);
  // The text read last is still known.
  const last = await read(`Text 5. ${SENTENCE.repeat(20)}`);
  expect(last.reused).toBe(last.ids.length);
});
