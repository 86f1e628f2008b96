import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { messageOf } from '../../src/shared/errors';
import type { TaskProgress, Work } from '../../src/shared/progress';

/** What is being made to be saved: how far that is, and how to stop it. */
export class ExportJob implements ReactiveController {
  progress: TaskProgress | undefined;
  /** Why nothing was saved, as a sentence. */
  failure = '';
  readonly #host: ReactiveControllerHost;
  #running: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.cancel();
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** Does some work in place of what is still at work. */
  async run(make: (work: Work) => Promise<void>): Promise<void> {
    this.cancel();
    const running = new AbortController();
    const { signal } = running;
    this.#running = running;
    this.#tell('', undefined);
    const progress = (done: number, total: number) => {
      if (this.#running === running) this.#tell('', { done, total });
    };
    const failure = await make({ signal, progress }).then(
      () => '',
      (error: unknown) => (signal.aborted ? '' : messageOf(error)),
    );
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#tell(failure, undefined);
  }

  #tell(failure: string, progress: ExportJob['progress']): void {
    this.failure = failure;
    this.progress = progress;
    this.#host.requestUpdate();
  }
}
