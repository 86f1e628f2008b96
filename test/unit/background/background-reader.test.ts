import { expect, it } from 'vitest';
import { type BackgroundJob, BackgroundReader, type Gate } from '../../../src/background/background-reader';

/** Lets jobs to what they use once `open` is called. */
class Door implements Gate {
  #open: (() => void) | undefined;
  #isBusy = false;

  close(): void {
    this.#isBusy = true;
  }

  open(): void {
    this.#isBusy = false;
    this.#open?.();
  }

  isBusy(): boolean {
    return this.#isBusy;
  }

  /** Of nothing but what says so itself. */
  pauseAfter(error: unknown): number | undefined {
    return (error as { pause?: number }).pause;
  }

  whenFree(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#open = resolve;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  }
}

function job(name: string, steps: number, told: string[], step = async () => {}): BackgroundJob {
  let left = steps;
  return {
    step: async () => {
      await step();
      told.push(name);
      return --left > 0;
    },
    waits: (isWaiting) => told.push(`${name} ${isWaiting ? 'waits' : 'goes on'}`),
    failed: (error) => told.push(`${name}: ${(error as Error).message}`),
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

it('lets jobs take turns, and goes on with the others where one fails', async () => {
  const told: string[] = [];
  const reader = new BackgroundReader(new Door());
  reader.add(job('a', 3, told));
  reader.add(job('b', 2, told));
  reader.add(job('c', 2, told, () => Promise.reject(new Error('broken'))));
  await settled();
  expect(told).toEqual(['a', 'b', 'c: broken', 'a', 'b', 'a']);
});

it('waits while somebody else is at work, and a job that is taken away meanwhile is told of nothing more', async () => {
  const told: string[] = [];
  const door = new Door();
  const reader = new BackgroundReader(door);
  const [gone, stays] = [job('gone', 2, told), job('stays', 1, told)];
  door.close();
  reader.add(gone);
  reader.add(stays);
  await settled();
  reader.remove(gone);
  await settled();
  expect(told).toEqual(['gone waits', 'stays waits']);
  door.open();
  await settled();
  expect(told.slice(2)).toEqual(['stays goes on', 'stays']);
});

it('reads once more for a job that comes back while its last piece is at work, and takes no word of that', async () => {
  const told: string[] = [];
  let end = () => {};
  const reader = new BackgroundReader(new Door());
  const slow = job('slow', 2, told, () => new Promise((resolve) => (end = resolve)));
  reader.add(slow);
  await settled();
  reader.remove(slow);
  reader.add(slow);
  end();
  await settled();
  end();
  await settled();
  expect(told).toEqual(['slow', 'slow']);
});
