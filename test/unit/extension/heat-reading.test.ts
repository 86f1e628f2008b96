import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Quantity } from '../../../src/display/quantities';
import { HeatReading } from '../../../src/extension/decorations/heat-reading';
import { HeatTarget } from '../../../src/extension/decorations/heat-target';
import { ALL_CAPABILITIES } from '../../../src/shared/capabilities';
import type { ModelInfo } from '../../../src/shared/engine-api';
import { VitrineError } from '../../../src/shared/errors';
import { EventEmitter, shownErrors, window } from '../../support/editor-api';

vi.mock('vscode', () => import('../../support/editor-api'));

const document = { uri: { path: '/mouse.txt' }, version: 1 } as never;
const SELECTIONS = [{ start: 0, end: 9 }];

const SERVER = { host: 'gpu:8000', kind: 'vLLM', windowTokens: 2000, isIncremental: false };

/** What colours a selection, and a model whose readings wait until a test gives them. */
function heatReading(change: Partial<ModelInfo> = {}, quantity: Quantity = 'surprisal', known?: object) {
  const engineChanged = new EventEmitter<void>();
  const model = { name: 'poet', capabilities: ALL_CAPABILITIES, ...change };
  const asked: { answer: () => void; fail: (error: unknown) => void }[] = [];
  const read = () =>
    new Promise((resolve, fail) => {
      asked.push({ answer: () => resolve({}), fail });
    });
  const services = {
    host: {
      use: async () => ({ model }),
      model,
      onDidChange: engineChanged.event,
      state: { kind: 'failed' },
    },
    readings: { read, get: () => known, cancel: () => {}, mode: 'selectionAlone' },
  };
  const targets = { isCurrent: () => true, remove: vi.fn(), forgetAll: vi.fn() };
  const reading = new HeatReading(services as never, { tell: () => {} } as never, targets);
  const target = new HeatTarget(document, quantity, SELECTIONS, reading);
  const asksFor = (times: number) => vi.waitFor(() => expect(asked).toHaveLength(times));
  /** Another engine has a model. */
  const connectAgain = () => {
    Object.assign(services.host, { model: { ...model }, state: { kind: 'ready' } });
    engineChanged.fire();
  };
  return { reading, target, asked, asksFor, engineChanged, targets, connectAgain };
}

/** Longer than it takes to ask for a reading. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeEach(() => {
  shownErrors.length = 0;
  window.visibleTextEditors = [{ document, visibleRanges: [] }];
});

describe('a coloured selection', () => {
  it('is read once, however one scrolls meanwhile', async () => {
    const { reading, target, asked, asksFor } = heatReading();
    reading.readAgain(target);
    await asksFor(1);
    reading.readAgain(target);
    await aWhile();
    expect(asked).toHaveLength(1);
    asked[0]?.answer();
    await vi.waitFor(() => expect(target.isUnderWay).toBe(false));
  });

  it('is read again where it is to be read in another way, though what was under way has not ended yet', async () => {
    const { reading, target, asked, asksFor } = heatReading();
    reading.readAgain(target);
    await asksFor(1);
    target.resume();
    await asksFor(2);
    for (const { answer } of asked) answer();
  });

  it('tells once that the engine is not started any more, until that changes', async () => {
    const { reading, target, asked, asksFor, engineChanged } = heatReading();
    const failToRead = async (times: number) => {
      reading.readAgain(target);
      await asksFor(times);
      asked.at(-1)?.fail(new VitrineError('engine.crashes', 'stopped three times'));
      await aWhile();
    };
    await failToRead(1);
    await failToRead(2);
    expect(shownErrors).toHaveLength(1);
    engineChanged.fire();
    await failToRead(3);
    expect(shownErrors).toHaveLength(2);
  });
});

describe('a coloured selection of a model on a server', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const served = (change: Partial<typeof SERVER> = {}) => ({ server: { ...SERVER, ...change } });
  const stale = { stale: true };
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  it.each([
    ['on this machine', {}, 150],
    ['on a server that reads only what is new', served({ isIncremental: true }), 150],
    ['on a server that reads all of it anew', served(), 600],
  ])('is read %s after a pause', async (_, change, pause) => {
    const { target, asked } = heatReading(change);
    target.requestReading();
    await pass(pause - 1);
    expect(asked).toHaveLength(0);
    await pass(1);
    expect(asked).toHaveLength(1);
  });

  it('keeps its colours while that does not answer, which is told once, and is not asked for at each key', async () => {
    const { target, asked, targets } = heatReading(served(), 'surprisal', stale);
    const silence = new VitrineError('server.silent', 'silent');
    const type = async (milliseconds: number) => {
      target.edited([]);
      await pass(milliseconds);
      target.edited([]);
      await pass(600);
    };
    await type(0);
    asked.at(-1)?.fail(silence);
    await type(3000);
    expect(asked).toHaveLength(1);
    await pass(1500);
    expect(asked).toHaveLength(2);
    asked.at(-1)?.fail(silence);
    // Twice as long the second time.
    await type(9000);
    expect(asked).toHaveLength(2);
    await pass(1000);
    expect(asked).toHaveLength(3);
    expect(shownErrors).toEqual(['silent']);
    expect(targets.remove).not.toHaveBeenCalled();
    asked.at(-1)?.answer();
    await type(0);
    expect(asked).toHaveLength(4);
  });

  it('is read at once by a server that a person has connected to again', async () => {
    const { reading, target, asked, connectAgain } = heatReading(served(), 'surprisal', stale);
    const failed = expect(reading.read(target)).rejects.toMatchObject({ code: 'server.unreachable' });
    await pass(0);
    asked.at(-1)?.fail(new VitrineError('server.unreachable', 'gone'));
    await failed;
    connectAgain();
    await pass(600);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['which has nothing to be shown yet', 'server.unreachable', undefined, 'remove'],
    ['which refuses it', 'server.refused', stale, 'remove'],
    ['which has another model now', 'server.changed', stale, 'forgetAll'],
  ] as const)('loses its colours by one %s', async (_, code, known, taken) => {
    const { reading, target, asked, targets } = heatReading(served(), 'surprisal', known);
    const failed = expect(reading.read(target)).rejects.toMatchObject({ code });
    await pass(0);
    asked.at(-1)?.fail(new VitrineError(code, 'wrong'));
    await failed;
    expect(targets[taken]).toHaveBeenCalledOnce();
  });

  it('is not sent for what the model does not give', async () => {
    const capabilities = { ...ALL_CAPABILITIES, ranks: 'none' } as const;
    const { reading, target, asked, targets } = heatReading({ capabilities, ...served() }, 'rank');
    await expect(reading.read(target)).rejects.toThrow('tells of no token how many are more probable');
    expect(asked).toHaveLength(0);
    expect(targets.remove).toHaveBeenCalledOnce();
  });
});
