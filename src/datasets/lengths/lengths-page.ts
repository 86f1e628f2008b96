import type { Counting, LengthsState } from '../../shared/lengths-page-api';
import type { DocumentSource } from '../documents/document-source';
import { openSource } from '../documents/open-source';
import type { TokenCounter } from './token-counter';
import { TokenLengths } from './token-lengths';

/** While documents are counted, what is known is summed up so often. */
const SUMMED_EVERY_MS = 500;
const FIRST_CONTEXT = 2048;

export interface LengthsPageParts {
  path: string;
  /** The first is chosen. */
  vocabularies: () => LengthsState['vocabularies'];
  /** @throws VitrineError where the vocabulary cannot be loaded */
  counter(vocabulary: string): Promise<TokenCounter>;
  /** Told when something has changed. */
  changed(): void;
  errorText(error: unknown): string;
}

/** How long the documents of a data set are, as the page of lengths shows it: counted once for each vocabulary. */
export class LengthsPage {
  readonly #parts: LengthsPageParts;
  #vocabulary: string;
  #counting: Counting = { kind: 'off' };
  #source: Promise<DocumentSource> | undefined;
  readonly #lengths = new Map<string, TokenLengths>();
  #summary: LengthsState['summary'];
  #packings: LengthsState['packings'];
  #context = FIRST_CONTEXT;
  #summedAt = 0;
  #work = new AbortController();

  constructor(parts: LengthsPageParts) {
    this.#parts = parts;
    this.#vocabulary = parts.vocabularies()[0]?.name ?? '';
  }

  get state(): LengthsState {
    return {
      vocabularies: this.#parts.vocabularies(),
      vocabulary: this.#vocabulary,
      counting: this.#counting,
      problems: this.#lengths.get(this.#vocabulary)?.problems ?? 0,
      summary: this.#summary,
      context: this.#context,
      packings: this.#packings,
    };
  }

  /** Counts the tokens of all documents, on from where it was ended. What goes wrong is told by its state. */
  async count(): Promise<void> {
    this.#work.abort();
    const work = new AbortController();
    this.#work = work;
    this.#tell({ kind: 'working', done: 0, total: 0 });
    try {
      await this.#count(work.signal);
      if (this.#work === work) this.#tell({ kind: 'done' });
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
    else this.#parts.changed();
  }

  setContext(tokens: number): void {
    this.#context = tokens;
    this.#pack();
    this.#parts.changed();
  }

  /** Begins anew where the data set on disk is another. */
  async renew(): Promise<void> {
    const isWanted = this.#counting.kind !== 'off';
    await this.dispose();
    this.#lengths.clear();
    this.#sumUp();
    if (isWanted) await this.count();
  }

  async dispose(): Promise<void> {
    this.#work.abort();
    const source = this.#source;
    this.#source = undefined;
    await source?.then((opened) => opened.close()).catch(() => {});
  }

  async #count(signal: AbortSignal): Promise<void> {
    this.#source ??= openSource(this.#parts.path);
    const source = await this.#source;
    const vocabulary = this.#vocabulary;
    const lengths = this.#lengths.get(vocabulary) ?? new TokenLengths(await this.#parts.counter(vocabulary));
    this.#lengths.set(vocabulary, lengths);
    if (!source.isIndexed) await source.index({ signal, progress: () => {} });
    await lengths.count(source, { signal, progress: (done, total) => this.#progress(done, total) });
    this.#sumUp();
  }

  #progress(done: number, total: number): void {
    if (performance.now() < this.#summedAt + SUMMED_EVERY_MS) return;
    this.#sumUp();
    this.#tell({ kind: 'working', done, total });
  }

  #sumUp(): void {
    this.#summedAt = performance.now();
    const lengths = this.#lengths.get(this.#vocabulary);
    this.#summary = lengths && lengths.lengths.length > 0 ? lengths.summary() : undefined;
    this.#pack();
  }

  #pack(): void {
    const lengths = this.#summary && this.#lengths.get(this.#vocabulary);
    this.#packings = lengths && {
      concatenated: lengths.packing(this.#context, 'concatenated'),
      bestFit: lengths.packing(this.#context, 'bestFit'),
    };
  }

  #tell(counting: Counting): void {
    this.#counting = counting;
    this.#parts.changed();
  }
}
