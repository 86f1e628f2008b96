import { type Profiler, Session } from 'node:inspector/promises';

/** Node 23.9 and later have it; the types are of an older one. */
interface WithThreadTimes {
  threadCpuUsage(): NodeJS.CpuUsage;
}

const SAMPLE_US = 500;

/** What the thread computed between two timers. */
interface Stretch {
  /** In microseconds of the clock that samples have. */
  end: number;
  /** Milliseconds of the thread's own time. */
  computed: number;
}

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
  readonly #stretches: Stretch[] = [];
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
    const any = Math.max(0, ...this.#stretches.map(({ computed }) => computed));
    return { any, own: longestOwn(profile, this.#stretches) };
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      const now = threadMs();
      this.#stretches.push({ end: Number(process.hrtime.bigint() / 1000n), computed: now - this.#last });
      this.#last = now;
      this.#wait();
    }, 1);
  }
}

function threadMs(): number {
  const { user, system } = (process as unknown as WithThreadTimes).threadCpuUsage();
  return (user + system) / 1000;
}

/** Of each stretch, Vitrine's part by the samples in it; the largest, in milliseconds. */
function longestOwn(profile: Profiler.Profile, stretches: Stretch[]): number {
  const { nodes, samples = [], timeDeltas = [] } = profile;
  const own = ownNodes(nodes);
  const [idle, collector] = ['(idle)', '(garbage collector)'].map(
    (name) => nodes.find(({ callFrame }) => callFrame.functionName === name)?.id,
  );
  let time = profile.startTime;
  let next = 0;
  let isOwn = false;
  const parts = stretches.map(({ end, computed }) => {
    let [ownSamples, allSamples] = [0, 0];
    for (; next < samples.length && time + (timeDeltas[next] ?? 0) <= end; next++) {
      time += timeDeltas[next] ?? 0;
      const sample = samples[next] ?? 0;
      // Whose rubbish it is, is whose work it interrupts.
      if (sample !== collector) isOwn = own.has(sample);
      if (isOwn) ownSamples++;
      if (sample !== idle) allSamples++;
    }
    return allSamples > 0 ? (computed * ownSamples) / allSamples : 0;
  });
  return Math.max(0, ...parts);
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
