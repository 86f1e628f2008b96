import * as vscode from 'vscode';
import { type ChangedPart, UNCHANGED, withChange } from './changed-part';
import type { Reading } from './reading';

/** A reading, and what has changed in the text since. */
export interface EditedReading {
  readonly reading: Reading;
  readonly changed: ChangedPart;
}

export type Interruption = 'engine' | 'server';

/** The latest reading of a document. */
export interface DocumentReading extends EditedReading {
  /** Whether the text has changed since, or the engine ended while it was read again. */
  readonly stale: boolean;
  /** UTF-16 offset before which it is not stale. */
  readonly freshBefore: number;
  /** What kept the text from being read again: the engine ended, or the server did not answer. */
  readonly interrupted: Interruption | undefined;
  /** The one before, while the model still reads the text anew. */
  readonly previous: EditedReading | undefined;
}

interface Entry extends EditedReading {
  interrupted: Interruption | undefined;
  previous: EditedReading | undefined;
}

/** The latest reading of each document, and how its text has been edited since. */
export class DocumentReadings implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #edits: vscode.Disposable;

  /** Fires with a document's address when its reading comes, goes or gets stale. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#edits = vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event));
  }

  get(document: vscode.TextDocument): DocumentReading | undefined {
    const entry = this.#entries.get(document.uri.toString());
    if (!entry) return undefined;
    const { reading, changed, interrupted } = entry;
    const stale = interrupted === 'engine' || reading.version !== document.version;
    return { ...entry, stale, freshBefore: interrupted === 'engine' ? 0 : changed.start };
  }

  /** Up to which offset the present text was read, if from one offset on, so that the model gets there at once; else 0. */
  readUpTo(uri: string, from: number): number {
    const { changed, reading } = this.#entries.get(uri) ?? {};
    if (!changed || !reading || (reading.parts[0]?.starts[0] ?? 0) !== from) return 0;
    return Math.min(changed.start, reading.parts.at(-1)?.ends.at(-1) ?? 0);
  }

  /** The one before is kept until all that is to be shown has been read again. */
  set(reading: Reading): void {
    const before = this.#entries.get(reading.uri);
    const whole = before?.reading.complete ? before : before?.previous;
    const previous = reading.complete ? undefined : whole;
    this.#entries.set(reading.uri, { reading, changed: UNCHANGED, interrupted: undefined, previous });
    this.#changed.fire(reading.uri);
  }

  /** The engine has ended while it read a document, or the server has not answered: what is shown of it is of before. */
  interrupt(uri: string, interrupted: Interruption): void {
    const entry = this.#entries.get(uri);
    if (!entry) return;
    this.#entries.set(uri, { ...entry, interrupted });
    this.#changed.fire(uri);
  }

  delete(uri: string): void {
    if (this.#entries.delete(uri)) this.#changed.fire(uri);
  }

  clear(): void {
    for (const uri of [...this.#entries.keys()]) this.delete(uri);
  }

  dispose(): void {
    vscode.Disposable.from(this.#edits, this.#changed).dispose();
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    const entry = this.#entries.get(uri);
    if (!entry || contentChanges.length === 0) return;
    const edited = <T extends EditedReading>(before: T): T => {
      // The editor reports changes so that they can be applied in this order, each to the text that the last one left.
      return { ...before, changed: contentChanges.reduce(withChange, before.changed) };
    };
    this.#entries.set(uri, edited({ ...entry, previous: entry.previous && edited(entry.previous) }));
    this.#changed.fire(uri);
  }
}
