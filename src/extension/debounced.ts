import type * as vscode from 'vscode';

/** Work that is done once, when nobody has asked for it for some time. */
export class Debounced implements vscode.Disposable {
  readonly #work: () => void;
  readonly #delayMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(work: () => void, delayMs: number) {
    this.#work = work;
    this.#delayMs = delayMs;
  }

  request(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#work, this.#delayMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
