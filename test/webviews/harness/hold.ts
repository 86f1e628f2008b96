import type { InspectorHost } from '../../../src/shared/inspector-api';

type Method =
  | 'describe'
  | 'forward'
  | 'distribution'
  | 'ablations'
  | 'logitLens'
  | 'forwardTokens'
  | 'rollout'
  | 'predictions'
  | 'score';

/** Answers of a host that are kept back, so that what a view shows meanwhile stays until a test has seen it. */
interface Held {
  /** How many have been asked for. */
  readonly asked: number;
  /** Gives them, and all later ones at once. @returns once all that were kept back are on their way */
  release(): Promise<void>;
}

export function hold(host: InspectorHost, method: 'describe' | 'distribution' | 'logitLens'): Held {
  const answer = host[method] as (request: unknown) => Promise<unknown>;
  const held: Promise<unknown>[] = [];
  let give = () => {};
  const released = new Promise<void>((resolve) => {
    give = resolve;
  });
  replace(host, method, (request) => {
    const late = released.then(() => answer(request));
    held.push(late);
    return late;
  });
  return {
    get asked() {
      return held.length;
    },
    release: async () => {
      replace(host, method, answer);
      give();
      await Promise.all(held);
    },
  };
}

/**
 * Has long work go on until it is cancelled, and fail then as work does that was cancelled.
 *
 * @param after how many answers are given before, as they are
 */
export function untilCancelled(
  host: InspectorHost,
  method: 'ablations' | 'forwardTokens' | 'rollout',
  after = 0,
): { readonly running: number; restore(): void } {
  const { cancel, [method]: answer } = host;
  const running = new Map<number, (error: Error) => void>();
  let asked = 0;
  replace(host, method, (request: { task: number }) => {
    if (asked++ < after) return (answer as (request: unknown) => Promise<unknown>)(request);
    return new Promise((_, reject) => running.set(request.task, reject));
  });
  host.cancel = (request) => {
    running.get(request.task)?.(new Error('It was cancelled.'));
    running.delete(request.task);
    return cancel(request);
  };
  return {
    get running() {
      return running.size;
    },
    restore: () => void Object.assign(host, { cancel, [method]: answer }),
  };
}

/** Counts what views ask of a host. */
export function countCalls(host: InspectorHost, ...methods: Method[]): { count: number } {
  const counted = { count: 0 };
  for (const method of methods) {
    const answer = host[method] as (request: unknown) => Promise<unknown>;
    replace(host, method, (request) => {
      counted.count++;
      return answer(request);
    });
  }
  return counted;
}

function replace(host: InspectorHost, method: Method, answer: (request: never) => Promise<unknown>): void {
  Object.assign(host, { [method]: answer });
}
