import type { Symbols } from '../bpe/symbols';
import { pushUnknown } from '../bpe/unknown';
import type { Encoding } from '../model';
import { codePointAt, unitsOf } from '../unicode/character-class';
import { encodeUtf8, utf8LengthOf } from '../unicode/utf8';
import { ROOT } from '../unit-tree';
import type { UnigramOptions } from './options';
import type { Trie } from './trie';

/** How much less probable an unknown character is than the least probable token (SentencePiece, kUnkPenalty). */
const UNKNOWN_PENALTY = 10;

/**
 * Finds the best row of tokens of a piece, from its start to its end (SentencePiece, EncodeOptimized; tokenizers,
 * Unigram). Of several that are as good, the one whose last token starts first.
 */
export class Viterbi implements Encoding {
  /** Of the best row that ends before a unit: its score, and its last token with where that starts; -1 where none ends. */
  private readonly scores: Float64Array;
  private readonly tokens: Int32Array;
  private readonly starts: Int32Array;
  private readonly unknownScore: number;
  private at = 0;
  /** Bytes of the text that lie behind what was written. */
  private byte = 0;

  /**
   * @param units the piece as the vocabulary writes it
   * @param prefixed how many units at its start are not in the text
   * @param source the piece as the text has it
   */
  constructor(
    private readonly trie: Trie,
    private readonly options: UnigramOptions,
    private readonly units: Uint16Array,
    private readonly prefixed: number,
    private readonly source: Uint16Array,
    private readonly symbols: Symbols,
  ) {
    this.scores = new Float64Array(units.length + 1);
    this.tokens = new Int32Array(units.length + 1).fill(-1);
    this.starts = new Int32Array(units.length + 1).fill(-1);
    this.unknownScore = options.lowest - UNKNOWN_PENALTY;
  }

  run(steps: number): boolean {
    const { units } = this;
    for (let left = steps; this.at < units.length && left > 0; left--) {
      const next = this.at + unitsOf(codePointAt(units, this.at, units.length));
      this.extend(this.at, next);
      this.at = next;
    }
    if (this.at < units.length) return false;
    this.emit();
    return true;
  }

  /** Puts every token after the best row that ends at `at`. @param next where the character there ends */
  private extend(at: number, next: number): void {
    let hasCharacter = false;
    let node = ROOT;
    for (let end = at; end < this.units.length; ) {
      node = this.trie.child(node, this.units[end++] ?? 0);
      if (node < 0) break;
      const token = this.trie.tokenAt(node);
      if (token < 0) continue;
      this.offer(at, end, token, this.options.scores[token] ?? 0);
      if (end === next) hasCharacter = true;
    }
    if (!hasCharacter) this.offer(at, next, this.options.unknown, this.unknownScore);
  }

  private offer(start: number, end: number, token: number, score: number): void {
    const sum = (this.scores[start] ?? 0) + score;
    if (this.starts[end] !== -1 && sum <= (this.scores[end] ?? 0)) return;
    this.scores[end] = sum;
    this.starts[end] = start;
    this.tokens[end] = token;
  }

  /** Writes the best row, in which unknown characters side by side are one. */
  private emit(): void {
    const ends: number[] = [];
    for (let end = this.units.length; end > 0; end = this.starts[end] ?? 0) {
      const isUnknown =
        this.tokens[end] === this.options.unknown && this.tokens[ends.at(-1) ?? 0] === this.options.unknown;
      if (!isUnknown || ends.length === 0) ends.push(end);
    }
    ends.reverse();
    this.symbols.clear(3 * this.units.length);
    for (const [i, end] of ends.entries()) this.push(this.tokens[end] ?? -1, ends[i - 1] ?? 0, end);
    this.symbols.byteLength = this.byte;
  }

  /** Pushes a token of the row, or what stands for unknown characters: a token of their text, their bytes, or the unknown one. */
  private push(token: number, start: number, end: number): void {
    const { unknown, bytes } = this.options;
    const size = this.sizeOf(start, end);
    const known = token === unknown ? this.trie.find(this.units, start, end) : token;
    if (known >= 0) this.symbols.push(known, this.byte, this.byte + size);
    else if (!bytes || !this.pushBytes(bytes, start, end)) {
      pushUnknown(this.symbols, { id: unknown, fuses: false }, this.byte, this.byte + size);
    }
    this.byte += size;
  }

  private pushBytes(tokens: Int32Array, start: number, end: number): boolean {
    const encoded = new Uint8Array(3 * (end - start));
    const length = encodeUtf8(this.units, start, end, encoded);
    const ids = Array.from(encoded.subarray(0, length), (value) => tokens[value] ?? -1);
    if (ids.includes(-1)) return false;
    // The mark that stands for a space has bytes of its own, which cover that space, or nothing where it is a prefix.
    const size = this.sizeOf(start, end);
    for (const [i, id] of ids.entries()) {
      const [from, upTo] = length === size ? [i, i + 1] : [0, size];
      this.symbols.push(id, this.byte + from, this.byte + upTo);
    }
    return true;
  }

  /** How many bytes of the text some units are. */
  private sizeOf(start: number, end: number): number {
    const { source, prefixed } = this;
    return utf8LengthOf(source, Math.max(0, start - prefixed), Math.max(0, end - prefixed));
  }
}
