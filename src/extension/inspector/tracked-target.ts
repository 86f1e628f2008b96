import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { InspectorStateStore } from './inspector-state-store';
import type { Target } from './target';

/** Whoever reads the text. */
interface TargetReader {
  readonly isAtWork: boolean;
  moveTo(sentAt: number): void;
}

/**
 * What is inspected, while its document is edited, closed and opened again. What is shown of it is stale from when the text
 * that was read stands there no more until it does again.
 */
export class TrackedTarget implements vscode.Disposable {
  readonly #store: InspectorStateStore;
  readonly #reader: TargetReader;
  readonly #subscriptions: vscode.Disposable;
  current: Target | undefined;

  constructor(store: InspectorStateStore, reader: TargetReader) {
    this.#store = store;
    this.#reader = reader;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.current?.document) this.setStale(true);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => this.opened(document)),
    );
  }

  /** The document may have been closed before. */
  opened(document: vscode.TextDocument): void {
    const { isClosed, uri } = this.current?.document ?? {};
    if (!this.current || !isClosed || `${uri}` !== `${document.uri}`) return;
    this.current = this.current.in(document);
    this.check();
  }

  /** Looks whether the text that was read stands there, and where. */
  check(): void {
    // Until it is read, what is shown may be another text.
    if (!this.current || this.#reader.isAtWork || this.#store.state.reading.kind === 'waiting') return;
    const start = this.current.find();
    if (start !== undefined) this.#reader.moveTo(start);
    this.setStale(start === undefined || this.current.document.isClosed);
  }

  setStale(stale: boolean): void {
    const { subject } = this.#store.state;
    if (!subject) return;
    const lines = stale ? subject.lines : this.current?.lines;
    if (subject.stale !== stale || !isDeepStrictEqual(lines, subject.lines))
      this.#store.change({ subject: { ...subject, stale, lines } });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document !== this.current?.document || contentChanges.length === 0) return;
    this.current.edited(contentChanges);
    this.check();
  }
}
