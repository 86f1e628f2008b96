import * as vscode from 'vscode';
import { inSlices, TokenizedDocument, type Tokenizer } from '../../tokenizer';
import { textOf } from './document-text';
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
  settling: Promise<void>;
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
  /** How many times another vocabulary was chosen. */
  #vocabularies = 0;

  /** Fires when a document's tokens are those of its present text. */
  readonly onDidSettle = this.#changed.event;

  constructor(source: TokenSource) {
    this.#source = source;
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#tracked.delete(keyOf(document))),
      source.onDidChange(() => {
        this.#vocabularies++;
        this.#tracked.clear();
      }),
    ];
  }

  /** What is known of a document, which may be unsettled still; undefined where it is not tracked. */
  get(document: vscode.TextDocument): TrackedDocument | undefined {
    return this.#tracked.get(keyOf(document));
  }

  /** Follows a document from now on; resolves when its tokens are those of its present text. */
  async track(document: vscode.TextDocument): Promise<TrackedDocument> {
    const tracking = this.#tracked.get(keyOf(document)) ?? (await this.#begin(document));
    while (!tracking.settled && this.#isCurrent(document, tracking)) await tracking.settling;
    return tracking;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#changed).dispose();
  }

  async #begin(document: vscode.TextDocument): Promise<Tracking> {
    const vocabularies = this.#vocabularies;
    const tokenizer = await this.#source.current();
    const text = await this.#read(document);
    if (vocabularies !== this.#vocabularies) return this.#begin(document);
    // Another call may have been first meanwhile.
    const known = this.#tracked.get(keyOf(document));
    if (known) return known;
    const tokens = new TokenizedDocument(tokenizer, text, { special: true });
    const tracking = { tokenizer, tokens, version: document.version, settled: false, settling: Promise.resolve() };
    if (!document.isClosed) this.#tracked.set(keyOf(document), tracking);
    tracking.settling = this.#settle(document, tracking);
    return tracking;
  }

  /** The present text: read anew where it is edited meanwhile. */
  async #read(document: vscode.TextDocument): Promise<string> {
    for (;;) {
      const { version } = document;
      const text = await inSlices(textOf(document));
      if (document.version === version) return text;
    }
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
    tracking.settling = this.#settle(document, tracking);
  }

  async #settle(document: vscode.TextDocument, tracking: Tracking): Promise<void> {
    const { version } = tracking;
    await inSlices(tracking.tokens.settle());
    if (tracking.version !== version || !this.#isCurrent(document, tracking)) return;
    tracking.settled = true;
    this.#changed.fire(document);
  }

  #isCurrent(document: vscode.TextDocument, tracking: Tracking): boolean {
    return this.#tracked.get(keyOf(document)) === tracking;
  }
}

const keyOf = (document: vscode.TextDocument) => document.uri.toString();
