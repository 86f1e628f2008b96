import { VitrineError } from '../../shared/errors';
import type { LengthSummary, Packing, PackingWay } from '../../shared/lengths-api';
import type { Work } from '../../shared/progress';
import type { DatasetDocument, DocumentSource } from '../documents/document-source';
import { Slices } from '../work/slices';
import { packing } from './packing';
import { lengthSummary } from './summary';
import type { TokenCounter } from './token-counter';

const FIRST_LENGTH = 1 << 12;

/** In the place of a length; no document is so long. */
const UNREAD = 2 ** 32 - 1;

/** How many tokens each document of a data set has, under one vocabulary. */
export class TokenLengths {
  readonly counter: TokenCounter;
  /** Of each document that was looked at. */
  #lengths = new Uint32Array(FIRST_LENGTH);
  #next = 0;
  #problems = 0;

  constructor(counter: TokenCounter) {
    this.counter = counter;
  }

  /** Documents that were looked at, from the first on. */
  get read(): number {
    return this.#next;
  }

  /** Of those, the ones that could not be read, or not whole: they are in no count. */
  get problems(): number {
    return this.#problems;
  }

  /**
   * In tokens, in the order of the data set.
   *
   * @param kept of each document 1 where it counts; all do where it is not given
   */
  lengths(kept?: Uint8Array): Uint32Array {
    const all = this.#lengths.subarray(0, this.#next);
    return all.filter((length, index) => length !== UNREAD && (kept === undefined || kept[index] === 1));
  }

  /** In tokens, of every document that was looked at; 0 of one that could not be read. */
  get byDocument(): Uint32Array {
    return this.#lengths.slice(0, this.#next).map((length) => (length === UNREAD ? 0 : length));
  }

  /** Counts those that are known and were not counted, in slices. @throws AbortError */
  async count(source: DocumentSource, { signal, progress }: Work): Promise<void> {
    const slices = new Slices(signal);
    const total = source.count;
    for await (const document of source.stream(this.#next, total)) {
      const tokens = await tokensOf(document, this.counter, slices);
      if (tokens === undefined) this.#problems++;
      this.#add(tokens ?? UNREAD);
      await slices.next(() => progress(this.#next, total));
    }
    progress(this.#next, total);
  }

  summary(kept?: Uint8Array): LengthSummary {
    return lengthSummary(this.lengths(kept));
  }

  packing(context: number, way: PackingWay, kept?: Uint8Array): Packing {
    return packing(this.lengths(kept), context, way);
  }

  #add(tokens: number): void {
    if (this.#next === this.#lengths.length) {
      const longer = new Uint32Array(2 * this.#lengths.length);
      longer.set(this.#lengths);
      this.#lengths = longer;
    }
    this.#lengths[this.#next++] = tokens;
  }
}

/** Of a document that is read whole; undefined of others, and where a rule of the vocabulary refuses the text. */
export async function tokensOf(
  document: DatasetDocument,
  counter: TokenCounter,
  slices: Slices,
): Promise<number | undefined> {
  if (document.problem) return undefined;
  try {
    return await counter.count(document, slices);
  } catch (error) {
    if (error instanceof VitrineError) return undefined;
    throw error;
  }
}
