import { VitrineError } from '../../shared/errors';
import type { LengthSummary, Packing, PackingWay } from '../../shared/lengths-api';
import type { Work } from '../../shared/progress';
import type { DocumentSource } from '../documents/document-source';
import { Slices } from '../work/slices';
import { packing } from './packing';
import { lengthSummary } from './summary';
import type { TokenCounter } from './token-counter';

const FIRST_LENGTH = 1 << 12;

/** How many tokens each document of a data set has, under one vocabulary. */
export class TokenLengths {
  readonly counter: TokenCounter;
  #lengths = new Uint32Array(FIRST_LENGTH);
  /** Documents that were looked at. */
  #next = 0;
  #counted = 0;

  constructor(counter: TokenCounter) {
    this.counter = counter;
  }

  /** Documents that were looked at, from the first on. */
  get read(): number {
    return this.#next;
  }

  /** Of those, the ones that could not be read, or not whole: they are in no count. */
  get problems(): number {
    return this.#next - this.#counted;
  }

  /** In tokens, in the order of the data set. */
  get lengths(): Uint32Array {
    return this.#lengths.subarray(0, this.#counted);
  }

  /** Counts those that are known and were not counted, in slices. @throws AbortError */
  async count(source: DocumentSource, { signal, progress }: Work): Promise<void> {
    const slices = new Slices(signal);
    const total = source.count;
    for await (const document of source.stream(this.#next, total)) {
      const tokens = document.problem ? undefined : await this.#tokensOf(document, slices);
      if (tokens !== undefined) this.#add(tokens);
      this.#next = document.index + 1;
      await slices.next(() => progress(this.#next, total));
    }
    progress(this.#next, total);
  }

  summary(): LengthSummary {
    return lengthSummary(this.lengths);
  }

  packing(context: number, way: PackingWay): Packing {
    return packing(this.lengths, context, way);
  }

  /** Undefined where a rule of the vocabulary refuses the text. */
  async #tokensOf(...asked: Parameters<TokenCounter['count']>): Promise<number | undefined> {
    try {
      return await this.counter.count(...asked);
    } catch (error) {
      if (error instanceof VitrineError) return undefined;
      throw error;
    }
  }

  #add(tokens: number): void {
    if (this.#counted === this.#lengths.length) {
      const longer = new Uint32Array(2 * this.#lengths.length);
      longer.set(this.#lengths);
      this.#lengths = longer;
    }
    this.#lengths[this.#counted++] = tokens;
  }
}
