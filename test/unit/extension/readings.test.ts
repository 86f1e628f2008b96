import { expect, it, vi } from 'vitest';
import { Readings } from '../../../src/extension/readings/readings';
import { Traces } from '../../../src/extension/readings/traces';
import { VitrineError } from '../../../src/shared/errors';
import { type HeadAddress, maskOf } from '../../../src/shared/head-address';
import { CancellationTokenSource, EventEmitter } from '../../support/editor-api';

vi.mock('vscode', () => import('../../support/editor-api'));

const HEAD: HeadAddress = { layer: 3, head: 1 };
const TEXT = 'the mouse';
const document = {
  uri: { toString: () => 'file:///mouse.txt' },
  version: 1,
  getText: () => TEXT,
  positionAt: () => ({}),
} as never;
const request = { shown: [{ start: 0, end: TEXT.length }], seen: 0 };

/** Readings with an engine whose answers wait until a test gives them. */
function readingsOf() {
  const asked: { method: string; headMask: unknown; answer: () => void; die: () => void }[] = [];
  const ask = (method: string, value: unknown, headMask?: unknown) =>
    new Promise((resolve, reject) => {
      const die = () => reject(new VitrineError('engine.died', 'died'));
      asked.push({ method, headMask, answer: () => resolve(value), die });
    });
  const ends = Uint32Array.of(TEXT.length);
  const trace = { trace: 1, ids: Uint32Array.of(7), starts: Uint32Array.of(0), ends };
  const engine = {
    forward: ({ headMask }: { headMask: unknown }) => ask('forward', trace, headMask),
    predictions: () => ask('predictions', {}),
  };
  const ready = { engine, model: { sha256: 'a', contextLength: 100 } };
  const host = {
    use: async () => ready,
    run: (work: (given: typeof ready) => Promise<unknown>) => work(ready),
    runTask: async (_: unknown, work: (given: typeof ready, task: number) => Promise<unknown>) => {
      // As one that starts first.
      await Promise.resolve();
      return work(ready, 1);
    },
    newTask: () => 1,
  };
  const next = (method: string) =>
    vi.waitFor(() => {
      const last = asked.at(-1);
      if (last?.method !== method) throw new Error(`${method} is not asked for`);
      return last;
    });
  const chosen = new EventEmitter<void>();
  const choice = { onDidChange: chosen.event };
  return { readings: new Readings(choice as never, host as never, new Traces()), asked, next, chosen };
}

const changes: [string, (readings: Readings, chosen: EventEmitter<void>) => void][] = [
  [
    'with other heads switched off',
    (readings) => {
      readings.ablated = [HEAD];
    },
  ],
  [
    'in the other mode',
    (readings) => {
      readings.mode = 'selectionAlone';
    },
  ],
  ['by a model elsewhere', (_, chosen) => chosen.fire()],
];

it.each(changes)('what was still being read when texts are read %s is not kept', async (_, change) => {
  const { readings, next, chosen } = readingsOf();
  const reading = readings.read(document, request);
  (await next('forward')).answer();
  const predictions = await next('predictions');
  change(readings, chosen);
  predictions.answer();
  expect(await reading).toBeUndefined();
  expect(readings.get(document)).toBeUndefined();
});

it('a text whose engine dies while it is asked for predictions is read by the next', async () => {
  const { readings, asked, next } = readingsOf();
  const reading = readings.read(document, request);
  (await next('forward')).answer();
  (await next('predictions')).die();
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  (await next('predictions')).answer();
  expect(await reading).toMatchObject({ complete: true });
});

it('a text whose engine dies is read again under the heads that are off by then', async () => {
  const { readings, next } = readingsOf();
  readings.ablated = [HEAD];
  const interrupted = () => {
    readings.ablated = [];
  };
  const pass = readings.forward(TEXT, new CancellationTokenSource().token as never, { interrupted });
  const first = await next('forward');
  expect(first.headMask).toEqual(maskOf([HEAD]));
  first.die();
  const second = await vi.waitFor(async () => {
    const latest = await next('forward');
    expect(latest).not.toBe(first);
    return latest;
  });
  expect(second.headMask).toEqual(maskOf([]));
  second.answer();
  await pass;
});
