/** Work in small pieces for which nobody waits. */
export interface BackgroundJob {
  /** Does one piece. @returns whether there is more */
  step(signal: AbortSignal): Promise<boolean>;
  /** Told when others want the engine, and when they no longer do. */
  waits(isWaiting: boolean): void;
  /** Told when a piece has failed; the job is no longer run. */
  failed(error: unknown): void;
}

export interface Gate {
  /** Whether somebody waits for what the jobs use. */
  isBusy(): boolean;
  /** Resolves when nobody has for a moment. @throws AbortError */
  whenFree(signal: AbortSignal): Promise<void>;
}

/**
 * The one scheduler for what nobody waits for. Jobs take turns, a piece each, and only while nobody else wants what they
 * use.
 */
export class BackgroundReader {
  readonly #gate: Gate;
  readonly #jobs = new Map<BackgroundJob, AbortController>();
  #isRunning = false;

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  add(job: BackgroundJob): void {
    if (!this.#jobs.has(job)) this.#jobs.set(job, new AbortController());
    void this.#run();
  }

  /** The piece that is at work is told to end, and its outcome is nobody's. */
  remove(job: BackgroundJob): void {
    const controller = this.#jobs.get(job);
    this.#jobs.delete(job);
    controller?.abort();
  }

  /** Of all jobs. */
  clear(): void {
    for (const job of [...this.#jobs.keys()]) this.remove(job);
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) await this.#step(...next);
    } finally {
      this.#isRunning = false;
    }
  }

  #next(): [BackgroundJob, AbortController] | undefined {
    const [first] = this.#jobs;
    return first;
  }

  async #step(job: BackgroundJob, controller: AbortController): Promise<void> {
    const { signal } = controller;
    try {
      if (this.#gate.isBusy()) {
        job.waits(true);
        await this.#gate.whenFree(signal);
        job.waits(false);
      }
      signal.throwIfAborted();
      const hasMore = await job.step(signal);
      if (this.#jobs.get(job) !== controller) return;
      this.#jobs.delete(job);
      if (hasMore) this.#jobs.set(job, controller);
    } catch (error) {
      if (this.#jobs.get(job) !== controller) return;
      this.#jobs.delete(job);
      job.failed(error);
    }
  }
}
