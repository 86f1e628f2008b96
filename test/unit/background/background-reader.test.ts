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

it('has some pieces at once of what a server does, also while this machine is wanted, and ends when the last has nothing more', async () => {
  const door = new Door();
  const reader = new BackgroundReader(door);
  const ends: (() => void)[] = [];
  let [begun, left] = [0, 6];
  const served: BackgroundJob = {
    parallel: 4,
    step: async () => {
      begun++;
      if (left === 0) return false;
      left--;
      await new Promise<void>((resolve) => ends.push(resolve));
      return left > 0;
    },
    waits: () => expect.unreachable(),
    failed: () => expect.unreachable(),
  };
  const told: string[] = [];
  door.close();
  reader.add(job('here', 1, told));
  reader.add(served);
  await settled();
  expect([begun, told]).toEqual([4, ['here waits']]);
  ends.shift()?.();
  await settled();
  expect(begun).toBe(5);
  for (let i = 0; i < 5; i++) {
    ends.shift()?.();
    await settled();
  }
  expect(left).toBe(0);
  door.open();
  await settled();
  expect(told).toEqual(['here waits', 'here goes on', 'here']);
});

it('tries again after a while what may go well then, unless it is taken away; the other pieces count for nothing', async () => {
  const told: string[] = [];
  const reader = new BackgroundReader(new Door());
  let isDown = true;
  const flaky = (name: string): BackgroundJob => ({
    parallel: 2,
    step: async (signal) => {
      if (isDown) throw Object.assign(new Error('down'), { pause: 30 });
      told.push(`${name} ${signal.aborted ? 'aborted' : 'done'}`);
      return false;
    },
    waits: (isWaiting, why) => told.push(`${name} ${isWaiting ? (why as Error).message : 'goes on'}`),
    failed: () => expect.unreachable(),
  });
  const [gone, stays] = [flaky('gone'), flaky('stays')];
  reader.add(gone);
  reader.add(stays);
  await settled();
  expect(told.splice(0)).toEqual(['gone down', 'stays down']);
  reader.remove(gone);
  isDown = false;
  await expect.poll(() => told.length).toBeGreaterThan(1);
  expect(told.slice(0, 2)).toEqual(['stays goes on', 'stays done']);
  expect(told.join()).not.toContain('gone');
});
