import { setTimeout } from 'node:timers/promises';

/** Work in small pieces for which nobody waits. */
export interface BackgroundJob {
  /**
   * How many of its pieces may be at work at once, where a server does them: then they wait for nobody who uses this machine.
   * Undefined of what this machine does, one piece after another.
   */
  readonly parallel?: number | undefined;
  /** Does one piece. @returns whether there is more to begin; where several are at work, the one that ends last decides */
  step(signal: AbortSignal): Promise<boolean>;
  /** Told when it waits and when it no longer does. @param why what went wrong, where it waits to try again; else others want the engine */
  waits(isWaiting: boolean, why?: unknown): void;
  /** Told when a piece has failed; the job is no longer run. */
  failed(error: unknown): void;
}

export interface Gate {
  /** Whether somebody waits for what the jobs use. */
  isBusy(): boolean;
  /** Resolves when nobody has for a moment. @throws AbortError */
  whenFree(signal: AbortSignal): Promise<void>;
  /** Milliseconds after which what has failed is tried again; undefined where that is of no use, as with what this machine does. */
  pauseAfter?(error: unknown): number | undefined;
}

/** A job that is run. */
interface Running {
  controller: AbortController;
  /** Pieces of it. */
  atWork: number;
  hasMore: boolean;
}

/**
 * The one scheduler for what nobody waits for. Jobs take turns, a piece each, and only while nobody else wants what they
 * use; those that a server does go on beside them.
 */
export class BackgroundReader {
  readonly #gate: Gate;
  readonly #jobs = new Map<BackgroundJob, Running>();
  /** Whether a piece is at work that this machine does. */
  #isHere = false;

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  add(job: BackgroundJob): void {
    if (!this.#jobs.has(job)) this.#jobs.set(job, begun());
    this.#run();
  }

  /** The pieces that are at work are told to end, and their outcome is nobody's. */
  remove(job: BackgroundJob): void {
    const running = this.#jobs.get(job);
    this.#jobs.delete(job);
    running?.controller.abort();
  }

  /** Of all jobs. */
  clear(): void {
    for (const job of [...this.#jobs.keys()]) this.remove(job);
  }

  #run(): void {
    for (const [job, running] of [...this.#jobs]) {
      while (this.#jobs.get(job) === running && this.#mayBegin(job, running)) void this.#step(job, running);
    }
  }

  #mayBegin({ parallel }: BackgroundJob, { atWork, hasMore }: Running): boolean {
    if (!hasMore) return false;
    return parallel === undefined ? atWork === 0 && !this.#isHere : atWork < parallel;
  }

  async #step(job: BackgroundJob, running: Running): Promise<void> {
    const { signal } = running.controller;
    const isHere = job.parallel === undefined;
    running.atWork++;
    this.#isHere ||= isHere;
    try {
      if (isHere && this.#gate.isBusy()) {
        job.waits(true);
        await this.#gate.whenFree(signal);
        job.waits(false);
      }
      signal.throwIfAborted();
      running.hasMore = await job.step(signal);
    } catch (error) {
      if (this.#jobs.get(job) === running) this.#failed(job, error);
    } finally {
      running.atWork--;
      if (isHere) this.#isHere = false;
      this.#ended(job, running);
    }
  }

  /** The others have their turn before it. */
  #ended(job: BackgroundJob, running: Running): void {
    if (this.#jobs.get(job) === running) {
      this.#jobs.delete(job);
      if (running.hasMore || running.atWork > 0) this.#jobs.set(job, running);
    }
    this.#run();
  }

  #failed(job: BackgroundJob, error: unknown): void {
    this.remove(job);
    const pause = this.#gate.pauseAfter?.(error);
    if (pause === undefined) job.failed(error);
    else void this.#tryAgain(job, error, pause);
  }

  async #tryAgain(job: BackgroundJob, error: unknown, pause: number): Promise<void> {
    const resting = { ...begun(), hasMore: false };
    this.#jobs.set(job, resting);
    job.waits(true, error);
    try {
      await setTimeout(pause, undefined, { signal: resting.controller.signal, ref: false });
    } catch {
      // Somebody has taken it away.
      return;
    }
    job.waits(false);
    resting.hasMore = true;
    this.#run();
  }
}

const begun = (): Running => ({ controller: new AbortController(), atWork: 0, hasMore: true });
