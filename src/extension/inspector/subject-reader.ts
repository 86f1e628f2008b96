import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import { type InspectorState, type Selected, type Subject, type TraceTokens, UNREAD } from '../../shared/inspector-api';
import { encodeInSlices } from '../../tokenizer';
import { errorText } from '../error-text';
import { LatestRequest } from '../readings/latest-request';
import type { Services } from '../services';
import { isCancellation } from '../show-error';
import type { InspectorStateStore } from './inspector-state-store';
import { type Excerpt, skippedBefore, spansIn, subjectOf, tokenAt } from './subject';
import type { Target } from './target';

/** Lets the model read what is to be inspected, and tells the views how far it is. The latest text makes way for the next. */
export class SubjectReader implements vscode.Disposable {
  /** The model that read the text: another object for every engine; undefined where none has yet. */
  model: ModelInfo | undefined;
  /** UTF-16 units of the document before what was sent, and from there to the first token. */
  #sentAt = 0;
  #skipped = 0;
  readonly #services: Services;
  readonly #store: InspectorStateStore;
  #revision = 0;
  readonly #request = new LatestRequest();
  /** What was read last, or is read now. */
  #excerpt: Excerpt | undefined;
  /** An offset of the document whose token is to be selected when it has been read. */
  #select: number | undefined;

  constructor(services: Services, store: InspectorStateStore) {
    this.#services = services;
    this.#store = store;
  }

  /** Whether there is a text that nobody has needed the model for yet. */
  get isUnread(): boolean {
    return this.#store.state.subject?.read?.trace === UNREAD;
  }

  get isAtWork(): boolean {
    return this.#request.isRunning;
  }

  /** UTF-16 units of the document before the text that is inspected. */
  get start(): number {
    return this.#sentAt + this.#skipped;
  }

  /** The text stands elsewhere in the document now. @param sentAt where what was sent begins, in UTF-16 units */
  moveTo(sentAt: number): void {
    this.#sentAt = sentAt;
  }

  /** Where in the document the selected token begins, or the one that is to be selected. */
  get selectedOffset(): number | undefined {
    if (this.isAtWork) return this.#select;
    const { subject, selected } = this.#store.state;
    const start = selected.token === undefined ? undefined : subject?.read?.starts[selected.token];
    return start === undefined ? undefined : this.start + start;
  }

  /** Shows a text as the tokenizer has it, where what is in front needs no more. */
  async readWithoutModel(excerpt: Excerpt, select: number | undefined, keepsShown: boolean): Promise<void> {
    const token = this.#request.begin();
    this.model = undefined;
    this.#excerpt = excerpt;
    this.#select = select;
    this.#sentAt = excerpt.start;
    this.#begin(excerpt, keepsShown);
    this.showProgress();
    try {
      const tokenizer = await this.#services.tokens.named('model');
      const { ids, starts, ends } = await encodeInSlices(tokenizer, excerpt.text, { special: true });
      const control = await this.#controlIn(excerpt, ids);
      if (this.#request.end(token)) this.#showUnread(excerpt, { trace: UNREAD, ids, starts, ends }, control);
    } catch (error) {
      if (this.#request.end(token)) this.#giveUp(error);
    }
  }

  /** Shows a part of what was read. */
  show(target: Target, select: number | undefined): void {
    const { subject } = this.#store.state;
    if (!subject?.read) return;
    const { start } = this;
    const shown = spansIn({ start, end: start + subject.text.length }, target.spans);
    this.#store.change({
      subject: { ...subject, shown, lines: target.lines },
      selected: this.#selecting(select, subject),
    });
  }

  /** UTF-16 units of a text from where it is another than the one that was read last. */
  unreadIn({ text }: Excerpt): number {
    const isKnown = this.model !== undefined || this.isAtWork;
    const known = isKnown ? (this.#excerpt?.text ?? '') : '';
    let common = 0;
    while (common < text.length && text[common] === known[common]) common++;
    return text.length - common;
  }

  /**
   * @param select an offset of the document whose token is to be selected
   * @param keepsShown whether what is shown stays until it is read
   */
  async read(excerpt: Excerpt | undefined, select: number | undefined, keepsShown: boolean): Promise<void> {
    this.#request.cancel();
    const known = excerpt && this.#knownOf(excerpt);
    this.model = undefined;
    this.#excerpt = excerpt;
    if (!excerpt) {
      this.#store.change({ subject: undefined, reading: { kind: 'emptyText' } });
      return;
    }
    const token = this.#request.begin();
    this.#select = select;
    this.#sentAt = excerpt.start;
    if (known) this.#store.change({ subject: known });
    else this.#begin(excerpt, keepsShown);
    this.showProgress();
    try {
      const { model, trace, ids, starts, ends } = await this.#services.readings.forward(excerpt.text, token);
      const control = await this.#controlIn(excerpt, ids);
      if (this.#request.end(token)) this.#show(excerpt, model, { trace, ids, starts, ends }, control);
    } catch (error) {
      if (this.#request.end(token)) this.#giveUp(error);
    }
  }

  /**
   * What is known of the text stays while it is read again, such as with a head switched off: else the views would be
   * empty meanwhile, and lose the place that somebody looks at.
   */
  #knownOf(excerpt: Excerpt): Subject | undefined {
    const { subject } = this.#store.state;
    const isReadByThis = this.model !== undefined && this.model.sha256 === this.#services.host.model?.sha256;
    const isSame = this.#excerpt !== undefined && isDeepStrictEqual(this.#excerpt, excerpt);
    return isReadByThis && isSame && subject?.read ? { ...subject, stale: false } : undefined;
  }

  #begin(excerpt: Excerpt, keepsShown: boolean): void {
    this.#skipped = 0;
    const { subject } = this.#store.state;
    if (keepsShown && subject?.read) {
      this.#revision++;
      this.#store.change({ subject: { ...subject, stale: true } });
      return;
    }
    const selected = { ...this.#store.state.selected, token: undefined };
    this.#store.change({ subject: subjectOf(excerpt, undefined, ++this.#revision), selected });
  }

  /** Reads no further, and leaves what is shown as it is. */
  stop(): void {
    this.#request.cancel();
  }

  cancel(): void {
    if (!this.isAtWork) return;
    this.stop();
    this.#giveUp(new vscode.CancellationError());
  }

  /** What was known is of other heads, or of another model. */
  #giveUp(error: unknown): void {
    if (this.#excerpt) this.#store.change({ subject: subjectOf(this.#excerpt, undefined, this.#revision) });
    this.fail(error);
  }

  fail(error: unknown): void {
    const message = isCancellation(error)
      ? vscode.l10n.t('Reading was cancelled. Read the text again to see what the model makes of it.')
      : errorText(error);
    this.#store.change({ reading: { kind: 'failed', message } });
  }

  showProgress(): void {
    const { state } = this.#services.host;
    const { stage, done, total } = state.kind === 'working' ? state : { stage: 'forward' as const, done: 0, total: 0 };
    this.#store.change({ reading: { kind: 'working', stage, done, total } });
  }

  dispose(): void {
    this.#request.dispose();
  }

  /** Only of a chat it is shown which tokens are control tokens. */
  async #controlIn({ parts }: Excerpt, ids: Uint32Array): Promise<number[]> {
    if (!parts) return [];
    const tokenizer = await this.#services.tokens.named('model');
    return [...new Set(ids)].filter((id) => tokenizer.isControl(id));
  }

  #showUnread(excerpt: Excerpt, tokens: TraceTokens, control: number[]): void {
    this.#store.change(this.#ready(excerpt, tokens, control));
  }

  #show(excerpt: Excerpt, model: ModelInfo, tokens: TraceTokens, control: number[]): void {
    const skipped = skippedBefore(tokens);
    if (skipped !== this.#skipped) this.#revision++;
    this.#skipped = skipped;
    this.model = model;
    this.#store.change({ model, ...this.#ready(excerpt, tokens, control) });
  }

  /** The text with its tokens, and the one selected that was to be. */
  #ready(
    excerpt: Excerpt,
    tokens: TraceTokens,
    control: number[],
  ): Pick<InspectorState, 'subject' | 'selected' | 'reading'> {
    const subject = subjectOf(excerpt, tokens, this.#revision, control);
    return { subject, selected: this.#selecting(this.#select, subject), reading: { kind: 'ready' } };
  }

  /** @param select an offset of the document whose token is to be selected */
  #selecting(select: number | undefined, { read }: Subject): Selected {
    const token = select === undefined || !read ? undefined : tokenAt(read, select - this.start);
    return { ...this.#store.state.selected, token };
  }
}
