import { type Profiler, Session } from 'node:inspector/promises';

/** Node 23.9 and later have it; the types are of an older one. */
interface WithThreadTimes {
  threadCpuUsage(): NodeJS.CpuUsage;
}

const SAMPLE_US = 500;
/** A longer time between two samples is one in which the thread waited for a core. */
const MOST_US = 2 * SAMPLE_US;

/** In milliseconds. */
export interface LongestTasks {
  /** Of all that the thread computed at a stretch. */
  any: number;
  /** Of what Vitrine computed at a stretch. */
  own: number;
}

/**
 * The longest times that the thread computed at a stretch, between two timers of a millisecond: upper bounds of its longest
 * task. They are the thread's own times, so that other programs on the machine do not count. Which of it was Vitrine's is
 * sampled, every half millisecond, by what is on the stack.
 */
export class TaskWatch {
  readonly #session = new Session();
  /** When each stretch ended, in microseconds of the clock that samples have. */
  readonly #ends: number[] = [];
  #longest = 0;
  #last = threadMs();
  #timer: NodeJS.Timeout | undefined;

  static async start(): Promise<TaskWatch> {
    const watch = new TaskWatch();
    watch.#session.connect();
    await watch.#session.post('Profiler.enable');
    await watch.#session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
    await watch.#session.post('Profiler.start');
    watch.#last = threadMs();
    watch.#wait();
    return watch;
  }

  async stop(): Promise<LongestTasks> {
    clearTimeout(this.#timer);
    const { profile } = await this.#session.post('Profiler.stop');
    this.#session.disconnect();
    return { any: this.#longest, own: longestOwn(profile, this.#ends) / 1000 };
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      const now = threadMs();
      this.#longest = Math.max(this.#longest, now - this.#last);
      this.#last = now;
      this.#ends.push(Number(process.hrtime.bigint() / 1000n));
      this.#wait();
    }, 1);
  }
}

function threadMs(): number {
  const { user, system } = (process as unknown as WithThreadTimes).threadCpuUsage();
  return (user + system) / 1000;
}

/** @param ends of the stretches, rising. @returns microseconds */
function longestOwn({ nodes, samples = [], timeDeltas = [], startTime }: Profiler.Profile, ends: number[]): number {
  const own = ownNodes(nodes);
  const collector = nodes.find(({ callFrame }) => callFrame.functionName === '(garbage collector)')?.id;
  let [time, stretch, inStretch, longest] = [startTime, 0, 0, 0];
  let isOwn = false;
  for (const [i, sample] of samples.entries()) {
    const delta = timeDeltas[i] ?? 0;
    time += delta;
    while (time > (ends[stretch] ?? Number.POSITIVE_INFINITY)) {
      stretch++;
      inStretch = 0;
    }
    // Whose rubbish it is, is whose work it interrupts.
    if (sample !== collector) isOwn = own.has(sample);
    if (isOwn) inStretch += Math.min(delta, MOST_US);
    longest = Math.max(longest, inStretch);
  }
  return longest;
}

/** The nodes on whose stack there is a function of Vitrine's. */
function ownNodes(nodes: Profiler.ProfileNode[]): Set<number> {
  const own = new Set(
    nodes.filter(({ callFrame }) => callFrame.url.endsWith('/dist/extension.cjs')).map(({ id }) => id),
  );
  // Parents stand before their children.
  for (const { id, children } of nodes) if (own.has(id)) for (const child of children ?? []) own.add(child);
  return own;
}
