import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ComparedText } from '../../shared/difference-api';
import { RENDERED_SCHEME } from '../chat/prompt-address';
import type { Began } from '../comparison/comparer';
import { rangeOf } from '../documents/spans';
import { UNCHANGED, withChange } from '../readings/changed-part';
import { LatestRequest } from '../readings/latest-request';
import type { Reading, ReadingPart } from '../readings/reading';
import type { Services } from '../services';
import { isCancellation } from '../show-error';
import {
  type ComparedPart,
  type DifferenceAt,
  type DocumentDifference,
  differenceAt,
  placesOf,
} from './document-difference';
import { FailureNotice } from './failure-notice';
import { withLateComparison } from './late-progress';

/** A document as A has read it, and the revision of the comparison. */
interface Asked {
  document: vscode.TextDocument;
  reading: Reading;
  revision: number;
}

/** What differs between two models in the documents that are coloured by that, as far as A has read them. */
export class DocumentDifferences implements vscode.Disposable {
  readonly #services: Services;
  readonly #isWanted: (document: vscode.TextDocument) => boolean;
  readonly #changed: (uri: string) => void;
  #known = new WeakMap<vscode.TextDocument, DocumentDifference>();
  /** What came to nothing, which is not asked again: the text, the comparison or the engine of B has to be another. */
  #vain = new WeakMap<vscode.TextDocument, Asked>();
  /** What the known differences are with. */
  #choice: Services['comparison']['choice'];
  /** Another object for another engine. */
  #modelOfB: unknown;
  #underWay: readonly Asked[] = [];
  readonly #request = new LatestRequest();
  readonly #failure: FailureNotice;
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
      this.#request,
      this.#failure,
      services.comparison.onDidChange(() => {
        this.#follow();
        this.#compareSeen();
      }),
      // Whoever has A read an edited text waits for a pause in typing.
      services.readings.onDidChange(() => this.#compareSeen()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#compareSeen()),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
    );
  }

  get(document: vscode.TextDocument): DocumentDifference | undefined {
    return this.#isWanted(document) ? this.#known.get(document) : undefined;
  }

  /** What both models say at an offset of a document, where that is known of the text as it is. */
  at(document: vscode.TextDocument, offset: number): DifferenceAt | undefined {
    const known = this.get(document);
    return known && differenceAt(known, offset);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** What is known is of no use where something else is compared, and what was in vain may not be with another engine. */
  #follow(): void {
    const { choice, b } = this.#services.comparison;
    const model = b?.host.model;
    if (choice !== this.#choice || (model && model !== this.#modelOfB)) this.#vain = new WeakMap();
    this.#modelOfB = model ?? this.#modelOfB;
    if (choice === this.#choice) return;
    this.#choice = choice;
    this.#known = new WeakMap();
    for (const document of seenDocuments()) if (this.#isWanted(document)) this.#changed(document.uri.toString());
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const known = this.#known.get(document);
    if (known) this.#set(document, { ...known, changed: contentChanges.reduce(withChange, known.changed) });
  }

  #set(document: vscode.TextDocument, known: DocumentDifference): void {
    this.#known.set(document, known);
    this.#changed(document.uri.toString());
  }

  #compareSeen(): void {
    const wanted = seenDocuments().flatMap((document) => this.#toAsk(document));
    if (wanted.length === 0) return;
    // Engines tell of every step of what is being compared: that goes on.
    const isSame =
      wanted.length === this.#underWay.length && wanted.every((one, i) => isSameAsk(one, this.#underWay[i]));
    if (this.#request.isRunning && isSame) return;
    this.#underWay = wanted;
    const token = this.#request.begin();
    const compare = async () => {
      for (const asked of wanted) await this.#compare(asked, token);
    };
    void compare().finally(() => this.#request.end(token));
  }

  #toAsk(document: vscode.TextDocument): Asked[] {
    const { readings, comparison } = this.#services;
    const read = this.#isWanted(document) ? readings.get(document) : undefined;
    // What the model still reads is compared once it has.
    if (!comparison.b || !read?.reading.complete || read.stale) return [];
    const asked = { document, reading: read.reading, revision: comparison.revision };
    return [this.#known, this.#vain].some((done) => isSameAsk(asked, done.get(document))) ? [] : [asked];
  }

  async #compare(asked: Asked, latest: vscode.CancellationToken): Promise<void> {
    const { document, reading, revision } = asked;
    if (latest.isCancellationRequested) return;
    try {
      const title = vscode.l10n.t('Vitrine compares {0}', basename(document.uri.path));
      const parts = await withLateComparison(title, this.#services, latest, async (token, began) => {
        const compared: ComparedPart[] = [];
        for (const part of reading.parts) compared.push(await this.#comparePart(document, part, token, began));
        return compared;
      });
      // An edit, or another gain, asks for another.
      if (latest.isCancellationRequested || document.version !== reading.version) return;
      this.#set(document, { reading, revision, parts, changed: UNCHANGED, isOld: false });
    } catch (error) {
      if (latest.isCancellationRequested) return;
      this.#vain.set(document, asked);
      const known = this.#known.get(document);
      if (known) this.#set(document, { ...known, isOld: true });
      if (!isCancellation(error)) void this.#failure.tell(error);
    }
  }

  async #comparePart(
    document: vscode.TextDocument,
    part: ReadingPart,
    token: vscode.CancellationToken,
    began: Began,
  ): Promise<ComparedPart> {
    const { comparer } = this.#services;
    const [start, end] = [part.starts[0] ?? 0, part.ends.at(-1) ?? 0];
    const text = part.apart?.text ?? document.getText(rangeOf(document, { start, end }));
    const isChat = part.apart !== undefined || document.uri.scheme === RENDERED_SCHEME;
    const compared: ComparedText = await comparer.compare({ text, isChat }, token, began);
    return { compared, places: placesOf(compared, part) };
  }
}

const seenDocuments = () => [...new Set(vscode.window.visibleTextEditors.map(({ document }) => document))];

const isSameAsk = (a: Asked, b: Pick<Asked, 'reading' | 'revision'> | undefined): boolean =>
  a.reading === b?.reading && a.revision === b.revision;
