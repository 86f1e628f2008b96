import { TimeLeft } from '../../background/time-left';
import type { FunnelReading } from '../../shared/funnel-page-api';
import type { TaskProgress } from '../../shared/progress';
import type { Funnel, FunnelEvents, FunnelOptions, FunnelTask } from '../funnel/funnel-api';
import { isCancelled } from './document-export';

export interface DatasetReadingParts {
  /** Starts the thread that reads. */
  start(events: FunnelEvents): Funnel;
  errorText(error: unknown): string;
}

/** Whom a reading asks and tells. */
export interface DatasetReadingOwner {
  /** By which the data set is opened. */
  readonly options: FunnelOptions;
  /** Whether it is opened without what this error says is wrong with the options. */
  takesBack(error: unknown): boolean;
  /** Decides of all documents that are known. */
  decide(funnel: Funnel): Promise<void>;
  /** Documents have become known. */
  grown(funnel: Funnel): void;
  exporting(progress: TaskProgress): void;
  /** The thread is ended, which others may have asked too. */
  closed(): void;
  changed(): void;
}

/** How a data set is opened and read, by a thread that is started when somebody asks for it. What goes wrong is told by the state. */
export class DatasetReading {
  readonly #parts: DatasetReadingParts;
  readonly #owner: DatasetReadingOwner;
  #funnel: Funnel | undefined;
  /** Of that thread: whether the data set is open in it. */
  #opened: Promise<void> | undefined;
  #timeLeft = new TimeLeft();
  #state: FunnelReading = { kind: 'off' };

  constructor(parts: DatasetReadingParts, owner: DatasetReadingOwner) {
    this.#parts = parts;
    this.#owner = owner;
  }

  get state(): FunnelReading {
    return this.#state;
  }

  /** The thread, where there is one. */
  get funnel(): Funnel | undefined {
    return this.#funnel;
  }

  /** The thread; where there is none it is started. */
  get started(): Funnel {
    if (this.#funnel) return this.#funnel;
    const funnel = this.#parts.start({
      progress: (...report) => this.#funnel === funnel && this.#progress(funnel, ...report),
    });
    this.#funnel = funnel;
    this.#opened = this.#openIn(funnel);
    return funnel;
  }

  /** Opens the data set, whose numbers may be known from before. */
  async open(): Promise<void> {
    const funnel = this.started;
    try {
      await this.#opened;
    } catch (error) {
      if (this.#funnel === funnel) {
        if (this.#owner.takesBack(error)) return this.renew();
        await (isCancelled(error) ? this.leave() : this.#fail(error));
      }
    }
    // Another preset was chosen meanwhile.
    if (this.#funnel && this.#funnel !== funnel) await this.open();
  }

  /** Measures all documents, on from where it was ended. */
  async read(): Promise<void> {
    await this.open();
    const funnel = this.#funnel;
    if (!funnel || ['working', 'done', 'failed'].includes(this.#state.kind)) return;
    this.#timeLeft = new TimeLeft();
    this.#tell({ kind: 'working', done: 0, total: 0, secondsLeft: Number.NaN });
    try {
      await funnel.read();
      await this.#owner.decide(funnel);
      if (this.#funnel === funnel) this.#tell({ kind: 'done' });
    } catch (error) {
      if (this.#funnel !== funnel) return;
      if (isCancelled(error)) await this.#stopped(funnel);
      else await this.#fail(error);
    }
  }

  async stop(): Promise<void> {
    await this.#funnel?.stop(this.#state.kind === 'opening' ? 'open' : 'read');
  }

  /** Begins anew: by other options, or of a data set that is another on disk. */
  async renew(): Promise<void> {
    await this.leave();
    await this.open();
  }

  /** Ends it: nothing is read until somebody asks again. */
  async leave(): Promise<void> {
    await this.close();
    this.#tell({ kind: 'off' });
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    this.#owner.closed();
    const funnel = this.#funnel;
    this.#funnel = undefined;
    this.#opened = undefined;
    await funnel?.close();
  }

  async #openIn(funnel: Funnel): Promise<void> {
    this.#tell({ kind: 'opening', done: 0, total: 0 });
    const isKnown = await funnel.open(this.#owner.options);
    if (this.#funnel !== funnel) return;
    if (isKnown) await this.#owner.decide(funnel);
    this.#tell({ kind: isKnown ? 'done' : 'off' });
  }

  #progress(funnel: Funnel, task: FunnelTask, done: number, total: number): void {
    const { kind } = this.#state;
    if (task === 'export') this.#owner.exporting({ done, total });
    if (task === 'open' && kind === 'opening') this.#tell({ kind, done, total });
    if (task !== 'read' || kind !== 'working') return;
    this.#tell({ kind, done, total, secondsLeft: this.#timeLeft.after(done, total) });
    this.#owner.grown(funnel);
  }

  async #stopped(funnel: Funnel): Promise<void> {
    await this.#owner.decide(funnel);
    this.#tell({ kind: 'stopped' });
  }

  /** A thread in which something failed is no longer asked. */
  async #fail(error: unknown): Promise<void> {
    this.#tell({ kind: 'failed', message: this.#parts.errorText(error) });
    await this.close();
  }

  #tell(state: FunnelReading): void {
    this.#state = state;
    this.#owner.changed();
  }
}
