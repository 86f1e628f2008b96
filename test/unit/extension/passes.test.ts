import { describe, expect, it, vi } from 'vitest';
import { type ForwardOptions, Passes } from '../../../src/extension/readings/passes';
import type { Traces } from '../../../src/extension/readings/traces';
import { CancellationTokenSource } from '../../support/editor-api';

type Token = CancellationTokenSource['token'];

vi.mock('vscode', () => import('../../support/editor-api'));

/** An engine that reads when it is told to. */
function engine() {
  const runs: { text: string; token: Token; end: () => void }[] = [];
  const host = {
    runTask: async (token: Token, work: (ready: unknown, task: number) => Promise<unknown>) => {
      const forward = ({ text }: { text: string }) =>
        new Promise((answer) => runs.push({ text, token, end: () => answer({ trace: 1, ids: [] }) }));
      // As one that starts first.
      await Promise.resolve();
      return work({ engine: { forward }, model: { contextLength: 100 } }, runs.length + 1);
    },
  };
  const traces = { add: () => 7 };
  return { passes: new Passes(host as never, traces as unknown as Traces), runs };
}

const options = (): ForwardOptions => ({ changes: { ablated: [], steering: undefined }, truncate: true });

describe('forward passes', () => {
  it('are shared by those who ask for the same text under the same head mask', async () => {
    const { passes, runs } = engine();
    const began: number[] = [];
    const ask = (ablated: ForwardOptions['changes']['ablated'] = []) =>
      passes.run('the mouse', new CancellationTokenSource().token as never, {
        ...options(),
        changes: { ablated, steering: undefined },
        began: (task) => began.push(task),
      });
    const asked = [ask(), ask(), ask([{ layer: 1, head: 2 }])];
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    expect(began).toEqual([1, 1, 2]);
    for (const { end } of runs) end();
    expect((await Promise.all(asked)).map(({ trace }) => trace)).toEqual([7, 7, 7]);
  });

  it('go on for one who waits when another no longer does, and are cancelled when nobody does', async () => {
    const { passes, runs } = engine();
    const [one, other] = [new CancellationTokenSource(), new CancellationTokenSource()];
    const asked = [one, other].map(({ token }) => passes.run('the mouse', token as never, options()));
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    one.cancel();
    await expect(asked[0]).rejects.toThrow();
    expect(runs[0]?.token.isCancellationRequested).toBe(false);
    other.cancel();
    await expect(asked[1]).rejects.toThrow();
    await vi.waitFor(() => expect(runs[0]?.token.isCancellationRequested).toBe(true));
  });
});
