/** Node 23.9 and later have it; the types are of an older one. */
interface WithThreadTimes {
  threadCpuUsage(): NodeJS.CpuUsage;
}

/**
 * The longest time that the thread computed at a stretch, between two timers of a millisecond, in milliseconds: an upper
 * bound of its longest task. It is the thread's own time, so that other programs on the machine do not count.
 */
export class TaskWatch {
  longest = 0;
  #last = threadMs();
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      const now = threadMs();
      this.longest = Math.max(this.longest, now - this.#last);
      this.#last = now;
      this.#wait();
    }, 1);
  }
}

function threadMs(): number {
  const { user, system } = (process as unknown as WithThreadTimes).threadCpuUsage();
  return (user + system) / 1000;
}
