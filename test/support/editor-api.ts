/** Of the editor's API what the extension's classes use that are tested without an editor: `vi.mock('vscode', () => import(…))`. */

type Listener<T> = (value: T) => void;

export class Disposable {
  readonly dispose: () => void;

  constructor(dispose: () => void) {
    this.dispose = dispose;
  }

  static from(...all: { dispose(): void }[]): Disposable {
    return new Disposable(() => {
      for (const each of all) each.dispose();
    });
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class CancellationError extends Error {}

export class CancellationTokenSource {
  readonly #cancelled = new EventEmitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.#cancelled.event };

  cancel(): void {
    this.token.isCancellationRequested = true;
    this.#cancelled.fire();
  }

  dispose(): void {}
}

export class Range {
  constructor(
    readonly start: unknown,
    readonly end: unknown,
  ) {}
}

/** A window of the machine itself. */
export const env = { remoteName: undefined };

const never = () => new Disposable(() => {});

/** Of texts that are edited. */
export const editedTexts = new EventEmitter<unknown>();

export const workspace = {
  onDidChangeTextDocument: editedTexts.event,
  onDidCloseTextDocument: never,
  onDidChangeConfiguration: never,
  getConfiguration: () => ({ get: () => undefined }),
};

/** The sentences of the errors that were shown. */
export const shownErrors: string[] = [];

/** Of editors that come into view. */
export const shownEditors = new EventEmitter<readonly unknown[]>();

export const window = {
  visibleTextEditors: [] as unknown[],
  tabGroups: { all: [] as never[] },
  onDidChangeVisibleTextEditors: shownEditors.event,
  onDidChangeActiveTextEditor: never,
  showErrorMessage: async (sentence: string) => void shownErrors.push(sentence),
};

export const l10n = { t: (sentence: string) => sentence };
