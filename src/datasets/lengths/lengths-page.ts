import { type Sentence, VitrineError } from '../../shared/errors';
import type { Counting, LengthsPart, LengthsState } from '../../shared/lengths-page-api';
import type { DocumentSource } from '../documents/document-source';
import { openSource } from '../documents/open-source';
import type { TokenSample } from '../funnel/token-totals';
import { NowAndThen } from '../work/now-and-then';
import type { TokenCounter } from './token-counter';
import { TokenLengths } from './token-lengths';
import { tokenSample } from './token-sample';

/** While documents are counted, what is known is summed up so often. */
const SUMMED_EVERY_MS = 500;
const FIRST_CONTEXT = 2048;

export interface LengthsPageParts {
  path: string;
  /** The first is chosen. */
  vocabularies: () => LengthsState['vocabularies'];
  /** @throws VitrineError where the vocabulary cannot be loaded */
  counter(vocabulary: string, source: DocumentSource): Promise<TokenCounter>;
  /** Of each document 1 where rules let it through, and 0; undefined where they have not decided. */
  kept(): Promise<Uint8Array | undefined>;
  /** Told when something has changed. */
  changed(): void;
  /** Told when all documents are counted, or another vocabulary is chosen. */
  counted(): void;
  /** @returns a sentence for people, in their language */
  text(sentence: Sentence): string;
  errorText(error: unknown): string;
}

/** How long the documents of a data set are, as the page of lengths shows it: counted once for each vocabulary. */
export class LengthsPage {
  readonly #parts: LengthsPageParts;
  #vocabulary: string;
  #counting: Counting = { kind: 'off' };
  #source: Promise<DocumentSource> | undefined;
  readonly #lengths = new Map<string, TokenLengths>();
  /** Of some documents, by vocabularies. */
  readonly #samples = new Map<string, Promise<TokenSample>>();
  /** Ends when the data set is closed. */
  #closing = new AbortController();
  /** Documents are found once, whoever asks first. */
  #indexing: Promise<void> = Promise.resolve();
  #summary: LengthsState['summary'];
  #packings: LengthsState['packings'];
  #context = FIRST_CONTEXT;
  #summedAt = 0;
  /** Of each document 1 where it counts; undefined where all do. */
  #kept: Uint8Array | undefined;
  #work = new AbortController();
  readonly #telling: NowAndThen;

  constructor(parts: LengthsPageParts) {
    this.#parts = parts;
    this.#telling = new NowAndThen(parts.changed);
    this.#vocabulary = parts.vocabularies()[0]?.name ?? '';
  }

  get state(): LengthsState {
    const lengths = this.#lengths.get(this.#vocabulary);
    return {
      vocabularies: this.#parts.vocabularies(),
      vocabulary: this.#vocabulary,
      counting: this.#counting,
      part: this.#kept ? 'kept' : 'all',
      counted: lengths && this.#parts.text(lengths.counter.counted),
      problems: lengths?.problems ?? 0,
      summary: this.#summary,
      context: this.#context,
      packings: this.#packings,
    };
  }

  /** What the vocabulary is called that is chosen. */
  get vocabularyTitle(): string {
    return this.#parts.vocabularies().find(({ name }) => name === this.#vocabulary)?.title ?? this.#vocabulary;
  }

  /** The lengths of all documents where they are counted, or of some; undefined where they cannot be counted. */
  async sample(): Promise<TokenSample | undefined> {
    const vocabulary = this.#vocabulary;
    const lengths = this.#lengths.get(vocabulary);
    if (lengths && this.#counting.kind === 'done') return { indexes: undefined, tokens: lengths.byDocument };
    const sample = this.#samples.get(vocabulary) ?? this.#sample(vocabulary, this.#closing.signal);
    this.#samples.set(vocabulary, sample);
    try {
      return await sample;
    } catch (error) {
      this.#samples.delete(vocabulary);
      if (error instanceof VitrineError || this.#closing.signal.aborted) return undefined;
      throw error;
    }
  }

  /** Counts the tokens of all documents, on from where it was ended. What goes wrong is told by its state. */
  async count(): Promise<void> {
    this.#work.abort();
    const work = new AbortController();
    this.#work = work;
    this.#tell({ kind: 'working', done: 0, total: 0 });
    try {
      await this.#count(work.signal);
      if (this.#work !== work) return;
      this.#tell({ kind: 'done' });
      this.#parts.counted();
    } catch (error) {
      if (this.#work !== work) return;
      this.#sumUp();
      this.#tell(work.signal.aborted ? { kind: 'stopped' } : { kind: 'failed', message: this.#parts.errorText(error) });
    }
  }

  stop(): void {
    this.#work.abort();
  }

  async chooseVocabulary(name: string): Promise<void> {
    this.#vocabulary = name;
    this.#sumUp();
    if (this.#counting.kind !== 'off') await this.count();
    else this.#telling.changed();
    this.#parts.counted();
  }

  /** Where rules have not decided, all documents count. */
  async choosePart(part: LengthsPart): Promise<void> {
    this.#kept = part === 'kept' ? await this.#parts.kept() : undefined;
    this.#sumUp();
    this.#telling.changed();
  }

  /** Other documents stay. */
  async decided(): Promise<void> {
    if (this.#kept) await this.choosePart('kept');
  }

  setContext(tokens: number): void {
    this.#context = tokens;
    this.#pack();
    this.#telling.changed();
  }

  /** What was counted in a vocabulary of the name was of another. */
  async forget(vocabulary: string): Promise<void> {
    this.#lengths.delete(vocabulary);
    this.#samples.delete(vocabulary);
    if (vocabulary === this.#vocabulary) await this.chooseVocabulary(vocabulary);
  }

  /** Begins anew where the data set on disk is another. */
  async renew(): Promise<void> {
    const isWanted = this.#counting.kind !== 'off';
    await this.#close();
    this.#lengths.clear();
    this.#samples.clear();
    this.#closing = new AbortController();
    this.#sumUp();
    if (isWanted) await this.count();
  }

  async dispose(): Promise<void> {
    await this.#close();
    this.#telling.end();
  }

  async #close(): Promise<void> {
    this.#work.abort();
    this.#closing.abort();
    const source = this.#source;
    this.#source = undefined;
    await source?.then((opened) => opened.close()).catch(() => {});
  }

  async #count(signal: AbortSignal): Promise<void> {
    const source = await this.#indexed(signal);
    const vocabulary = this.#vocabulary;
    const lengths = this.#lengths.get(vocabulary) ?? new TokenLengths(await this.#parts.counter(vocabulary, source));
    this.#lengths.set(vocabulary, lengths);
    await lengths.count(source, { signal, progress: (done, total) => this.#progress(done, total) });
    this.#sumUp();
  }

  async #indexed(signal: AbortSignal): Promise<DocumentSource> {
    this.#source ??= openSource(this.#parts.path);
    const source = await this.#source;
    const index = () => (source.isIndexed ? undefined : source.index({ signal, progress: () => {} }));
    this.#indexing = this.#indexing.catch(() => {}).then(index);
    await this.#indexing;
    return source;
  }

  async #sample(vocabulary: string, signal: AbortSignal): Promise<TokenSample> {
    const source = await this.#indexed(signal);
    return tokenSample(source, await this.#parts.counter(vocabulary, source), signal);
  }

  #progress(done: number, total: number): void {
    if (performance.now() < this.#summedAt + SUMMED_EVERY_MS) return;
    this.#sumUp();
    this.#tell({ kind: 'working', done, total });
  }

  #sumUp(): void {
    this.#summedAt = performance.now();
    const summary = this.#lengths.get(this.#vocabulary)?.summary(this.#kept);
    this.#summary = summary && summary.documents > 0 ? summary : undefined;
    this.#pack();
  }

  #pack(): void {
    const lengths = this.#summary && this.#lengths.get(this.#vocabulary);
    this.#packings = lengths && {
      concatenated: lengths.packing(this.#context, 'concatenated', this.#kept),
      bestFit: lengths.packing(this.#context, 'bestFit', this.#kept),
    };
  }

  #tell(counting: Counting): void {
    this.#counting = counting;
    this.#telling.changed();
  }
}
