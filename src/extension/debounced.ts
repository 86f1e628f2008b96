import * as vscode from 'vscode';

/** Work that is done once, when nobody has asked for it for some time. */
export class Debounced implements vscode.Disposable {
  readonly #work: () => void | Promise<void>;
  readonly #delayMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(work: () => void | Promise<void>, delayMs: number) {
    this.#work = work;
    this.#delayMs = delayMs;
  }

  request(delayMs = this.#delayMs): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), delayMs);
  }

  /** Asks for it whenever one of some events fires. */
  requestOn(...events: vscode.Event<unknown>[]): vscode.Disposable {
    return vscode.Disposable.from(...events.map((event) => event(() => this.request())));
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** Nobody asked for it by a command: what fails goes to the extension host's log only. */
  async #run(): Promise<void> {
    try {
      await this.#work();
    } catch (error) {
      console.error(error);
    }
  }
}
