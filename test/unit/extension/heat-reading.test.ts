import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HeatReading } from '../../../src/extension/decorations/heat-reading';
import { HeatTarget } from '../../../src/extension/decorations/heat-target';
import { ALL_CAPABILITIES } from '../../../src/shared/capabilities';
import { VitrineError } from '../../../src/shared/errors';
import { EventEmitter, shownErrors, window } from '../../support/editor-api';

vi.mock('vscode', () => import('../../support/editor-api'));

const document = { uri: { path: '/mouse.txt' }, version: 1 } as never;
const SELECTIONS = [{ start: 0, end: 9 }];

/** What colours a selection, and a model whose readings wait until a test gives them. */
function heatReading() {
  const engineChanged = new EventEmitter<void>();
  const asked: { answer: () => void; fail: (error: unknown) => void }[] = [];
  const read = () =>
    new Promise((resolve, fail) => {
      asked.push({ answer: () => resolve(undefined), fail });
    });
  const services = {
    host: {
      use: async () => ({ model: { capabilities: ALL_CAPABILITIES } }),
      onDidChange: engineChanged.event,
      state: { kind: 'failed' },
    },
    readings: { read, get: () => undefined, cancel: () => {} },
  };
  const targets = { isCurrent: () => true, remove: () => {}, forgetAll: () => {} };
  const reading = new HeatReading(services as never, {} as never, targets);
  const target = new HeatTarget(document, 'surprisal', SELECTIONS, reading);
  const asksFor = (times: number) => vi.waitFor(() => expect(asked).toHaveLength(times));
  return { reading, target, asked, asksFor, engineChanged };
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
