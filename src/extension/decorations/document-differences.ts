import * as vscode from 'vscode';
import type { ComparedText } from '../../shared/difference-api';
import { firstAtLeast } from '../../shared/sorted';
import { Debounced } from '../debounced';
import { rangeOf } from '../documents/spans';
import { LatestRequest } from '../readings/latest-request';
import type { ReadingPart } from '../readings/reading';
import type { Services } from '../services';
import { isCancellation } from '../show-error';
import { FailureNotice } from './failure-notice';

/** After so long without another edit, scroll or gain the models are compared. */
const PAUSE_MS = 150;

/** A part of a document that two models have read. Offsets of the comparison count from `start` of the document, as it was then. */
export interface ComparedPart {
  start: number;
  compared: ComparedText;
  /** Which part of the reading it is. */
  key: string;
}

/** What differs in a document, at one version of it. */
export interface DocumentDifference {
  version: number;
  revision: number;
  parts: readonly ComparedPart[];
}

/** What differs between two models in the documents that are coloured by that, as far as A has read them. */
export class DocumentDifferences implements vscode.Disposable {
  readonly #services: Services;
  readonly #isWanted: (document: vscode.TextDocument) => boolean;
  readonly #changed: (uri: string) => void;
  readonly #known = new WeakMap<vscode.TextDocument, DocumentDifference>();
  readonly #request = new LatestRequest();
  /** Which documents are being compared, as they are. */
  #underWay = '';
  readonly #failure: FailureNotice;
  readonly #refresh = new Debounced(() => this.#compareSeen(), PAUSE_MS);
  readonly #subscriptions: vscode.Disposable;

  /** @param isWanted whether a document is coloured by that, @param changed told of one of which something else is known */
  constructor(
    services: Services,
    isWanted: (document: vscode.TextDocument) => boolean,
    changed: (uri: string) => void,
  ) {
    this.#services = services;
    this.#isWanted = isWanted;
    this.#changed = changed;
    this.#failure = new FailureNotice(services.host);
    this.#subscriptions = vscode.Disposable.from(
      this.#refresh,
      this.#request,
      this.#failure,
      this.#refresh.requestOn(services.readings.onDidChange, services.comparison.onDidChange),
      this.#refresh.requestOn(vscode.window.onDidChangeVisibleTextEditors),
    );
  }

  get(document: vscode.TextDocument): DocumentDifference | undefined {
    return this.#isWanted(document) ? this.#known.get(document) : undefined;
  }

  /** The part of a document in which an offset is, and the pair of tokens, where there is one. */
  at(document: vscode.TextDocument, offset: number): { compared: ComparedText; pair: number } | undefined {
    const known = this.get(document);
    if (!known || known.version !== document.version) return undefined;
    for (const { start, compared } of known.parts) {
      const pair = firstAtLeast(compared.tokens.ends, offset - start + 1);
      if ((compared.tokens.starts[pair] ?? Number.POSITIVE_INFINITY) <= offset - start) return { compared, pair };
    }
    return undefined;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #compareSeen(): void {
    const documents = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    const wanted = [...documents].filter((document) => this.#isWanted(document) && !this.#isKnown(document));
    if (wanted.length === 0) return;
    // Engines tell of every step of what is being compared: that goes on.
    const work = wanted.map((document) => this.#keyOf(document)).join();
    if (this.#request.isRunning && this.#underWay === work) return;
    this.#underWay = work;
    const token = this.#request.begin();
    const compare = async () => {
      for (const document of wanted) await this.#compare(document, token);
    };
    compare()
      .catch((error: unknown) => {
        if (!token.isCancellationRequested && !isCancellation(error)) this.#failure.tell(error);
      })
      .finally(() => this.#request.end(token));
  }

  /** Another text for another version of a document, other parts of it, or another comparison. */
  #keyOf(document: vscode.TextDocument): string {
    const parts = this.#services.readings.get(document)?.reading.parts ?? [];
    return [document.uri, document.version, this.#services.comparison.revision, ...parts.map(keyOfPart)].join(' ');
  }

  #isKnown(document: vscode.TextDocument): boolean {
    const { readings, comparison } = this.#services;
    const read = readings.get(document);
    // What the model still reads is compared once it has.
    if (!comparison.b || !read?.reading.complete || read.stale) return true;
    const known = this.#known.get(document);
    const isSame = known?.version === document.version && known.revision === comparison.revision;
    return isSame && known.parts.map(({ key }) => key).join() === read.reading.parts.map(keyOfPart).join();
  }

  async #compare(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<void> {
    const { readings, comparison, comparer } = this.#services;
    const { version } = document;
    const { revision } = comparison;
    const parts: ComparedPart[] = [];
    for (const part of readings.get(document)?.reading.parts ?? []) {
      const start = part.apart ? 0 : (part.starts[0] ?? 0);
      const text = part.apart?.text ?? document.getText(rangeOf(document, { start, end: part.ends.at(-1) ?? start }));
      const compared = await comparer.compare(text, token, () => {});
      parts.push({ start, compared: part.apart ? inDocument(compared, part) : compared, key: keyOfPart(part) });
      // An edit, or another gain, asks for another.
      if (token.isCancellationRequested || document.version !== version || comparison.revision !== revision) return;
    }
    this.#known.set(document, { version, revision, parts });
    this.#changed(document.uri.toString());
  }
}

const keyOfPart = ({ starts, ends, apart }: ReadingPart): string =>
  [starts[0], ends.at(-1), apart?.text.length].join('-');

/** What was compared of a text that stands in the document in pieces, such as a chat, with its tokens at their places there. */
function inDocument(compared: ComparedText, { starts, ends }: ReadingPart): ComparedText {
  const { tokens } = compared;
  const at = (values: Uint32Array) => tokens.positionsA.map((position) => values[position] ?? 0);
  return { ...compared, tokens: { ...tokens, starts: at(starts), ends: at(ends) }, spans: [] };
}
