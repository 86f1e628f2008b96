import * as vscode from 'vscode';
import { inSlices, TokenizedDocument, type Tokenizer } from '../../tokenizer';
import type { TokenSource } from './token-source';

/** An open document whose tokens follow its edits. */
export interface TrackedDocument {
  readonly tokenizer: Tokenizer;
  readonly tokens: TokenizedDocument;
  /** The document's version that the tokens are of, once settled. */
  readonly version: number;
  readonly settled: boolean;
}

interface Tracking {
  tokenizer: Tokenizer;
  tokens: TokenizedDocument;
  version: number;
  settled: boolean;
}

/**
 * The tokens of the documents that someone looks at. An edit re-encodes the pieces it touches; the first pass over a
 * document and long pieces go in slices of 8 ms.
 */
export class TrackedDocuments implements vscode.Disposable {
  readonly #source: TokenSource;
  readonly #tracked = new Map<string, Tracking>();
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #subscriptions: vscode.Disposable[];

  /** Fires when a document's tokens are those of its present text. */
  readonly onDidSettle = this.#changed.event;

  constructor(source: TokenSource) {
    this.#source = source;
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#tracked.delete(keyOf(document))),
      source.onDidChange(() => this.#tracked.clear()),
    ];
  }

  /** What is known of a document, which may be unsettled still; undefined where it is not tracked. */
  get(document: vscode.TextDocument): TrackedDocument | undefined {
    return this.#tracked.get(keyOf(document));
  }

  /** Begins to follow a document; resolves when its tokens are known. */
  async track(document: vscode.TextDocument): Promise<TrackedDocument> {
    const known = this.#tracked.get(keyOf(document));
    if (known) return known;
    const tokenizer = await this.#source.current();
    // Another call may have been first while the vocabulary was loading.
    const meanwhile = this.#tracked.get(keyOf(document));
    if (meanwhile) return meanwhile;
    const tokens = new TokenizedDocument(tokenizer, document.getText(), { special: true });
    const tracking = { tokenizer, tokens, version: document.version, settled: false };
    this.#tracked.set(keyOf(document), tracking);
    await this.#settle(document, tracking);
    return tracking;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#changed).dispose();
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const tracking = this.#tracked.get(keyOf(document));
    if (!tracking) return;
    // The editor reports changes so that they can be applied in this order, each to the text that the last one left.
    for (const { rangeOffset, rangeLength, text } of contentChanges) {
      tracking.tokens.edit(rangeOffset, rangeOffset + rangeLength, text);
    }
    tracking.version = document.version;
    tracking.settled = false;
    void this.#settle(document, tracking);
  }

  async #settle(document: vscode.TextDocument, tracking: Tracking): Promise<void> {
    const { version } = tracking;
    await inSlices(tracking.tokens.settle());
    if (tracking.version !== version || this.#tracked.get(keyOf(document)) !== tracking) return;
    tracking.settled = true;
    this.#changed.fire(document);
  }
}

const keyOf = (document: vscode.TextDocument) => document.uri.toString();
