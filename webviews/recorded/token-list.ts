import type { RecordedTokens } from '../../src/recording/recording';
import type { TokenDescription } from '../../src/shared/engine-api';
import { unanswered } from './unanswered';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The tokens of the model's vocabulary by their ids. */
export class TokenList {
  readonly #bytes: Uint8Array;
  /** Where each token's bytes begin, and after the last where they end. */
  readonly #starts: Uint32Array;
  readonly #control: ReadonlySet<number>;
  readonly #ends: ReadonlySet<number>;

  constructor({ bytes, lengths, control, ends }: RecordedTokens) {
    this.#bytes = bytes;
    this.#starts = new Uint32Array(lengths.length + 1);
    for (const [id, length] of lengths.entries()) this.#starts[id + 1] = (this.#starts[id] ?? 0) + length;
    this.#control = new Set(control);
    this.#ends = new Set(ends);
  }

  /** @throws Error where there is no such token */
  describe(id: number): TokenDescription {
    if (id >= this.#starts.length - 1) throw unanswered();
    const bytes = this.#bytes.subarray(this.#starts[id], this.#starts[id + 1]);
    return {
      text: decoder.decode(bytes),
      bytes: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
      control: this.#control.has(id),
      ends: this.#ends.has(id),
    };
  }
}
