import type { Symbols } from '../bpe/symbols';
import type { TokenTable } from '../bpe/token-table';
import type { Derivation } from '../derivation';
import type { Encoding, Model } from '../model';
import { markFor, SPACE_MARK } from '../sentencepiece/space-mark';
import { spacesFor } from '../sentencepiece/spaces';
import { codePointAt, unitsOf } from '../unicode/character-class';
import type { UnigramOptions } from './options';
import type { Trie } from './trie';
import { Viterbi } from './viterbi';

/** The most probable tokens of a piece, by the probability of each alone (https://arxiv.org/abs/1804.10959). */
export class UnigramModel implements Model {
  private readonly byteOfToken = new Map<number, number>();

  constructor(
    private readonly table: TokenTable,
    private readonly trie: Trie,
    private readonly options: UnigramOptions,
  ) {
    for (const [byte, token] of (options.bytes ?? new Int32Array(0)).entries()) this.byteOfToken.set(token, byte);
  }

  wholeToken(): number {
    return -1;
  }

  encode(units: Uint16Array, start: number, end: number, prefix: boolean, symbols: Symbols): Encoding {
    const written = this.written(units, start, end, prefix);
    return new Viterbi(this.trie, this.options, written, prefix ? 1 : 0, units.subarray(start, end), symbols);
  }

  bytesOf(id: number): Uint8Array {
    const byte = this.byteOfToken.get(id);
    if (byte !== undefined) return Uint8Array.of(byte);
    return this.options.readsMarks ? spacesFor(this.table.bytesOf(id)) : this.table.bytesOf(id);
  }

  /** No merges build a token. */
  derive(): Derivation | undefined {
    return undefined;
  }

  /** Nor do any join two. */
  mergeRank(): number | undefined {
    return undefined;
  }

  /** The piece as the vocabulary writes it, in UTF-16 units. */
  private written(units: Uint16Array, start: number, end: number, prefix: boolean): Uint16Array {
    const written = new Uint16Array(end - start + (prefix ? 1 : 0));
    let to = 0;
    if (prefix) written[to++] = SPACE_MARK.charCodeAt(0);
    for (let at = start; at < end; ) {
      const point = codePointAt(units, at, end);
      const size = unitsOf(point);
      if (size === 2) written.set(units.subarray(at, at + 2), to);
      else written[to] = this.options.marksSpaces || point !== 0x20 ? markFor(point) : point;
      at += size;
      to += size;
    }
    return written;
  }
}
