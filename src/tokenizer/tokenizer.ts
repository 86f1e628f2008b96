import { sentence, VitrineError } from '../shared/errors';
import type { Span, Tokenization } from '../shared/tokens';
import type { Before } from './before';
import { PieceCache } from './bpe/piece-cache';
import type { Derivation } from './derivation';
import { isPrefixed } from './prefix';
import { TextScan } from './text-scan';
import { decodeUtf8 } from './unicode/utf8';
import type { Vocabulary } from './vocabulary';

const BLANK = 0x20;

export interface EncodeOptions {
  /** Whether control tokens in the text are recognised; otherwise they are plain text. False by default. */
  special?: boolean;
}

/** Text to tokens and back, under one vocabulary. */
export class Tokenizer {
  readonly name: string;
  /** How many ids there are. */
  readonly size: number;
  /** The tokens that a model wants before every text. */
  readonly begin: readonly number[];
  private readonly cache = new PieceCache();

  constructor(private readonly vocabulary: Vocabulary) {
    this.name = vocabulary.name;
    this.size = Math.max(vocabulary.table.size, vocabulary.vocabSize ?? 0);
    this.begin = vocabulary.begin;
  }

  /**
   * The tokens of a text. What the vocabulary cannot hold is in `dropped`.
   *
   * @throws VitrineError `tokenizer.regex-steps` where a regular expression of the vocabulary's takes too long on the text
   */
  encode(text: string, options: EncodeOptions = {}): Tokenization {
    const scan = this.scan(text, options, 'nothing');
    while (!scan.done) scan.step();
    return scan.take();
  }

  /**
   * Starts to encode a text, in steps of bounded work.
   *
   * @param before what stands before the text
   */
  scan(text: string, { special = false }: EncodeOptions, before: Before): TextScan {
    return new TextScan(this.vocabulary, this.cache, text, special, before);
  }

  /** The bytes of the text that a token stands for; none where the model knows an id that has no token. @throws VitrineError where the id is no token */
  tokenBytes(id: number): Uint8Array {
    this.check(id);
    return this.hasText(id) ? this.vocabulary.model.bytesOf(id) : new Uint8Array(0);
  }

  /** The text of a token; U+FFFD stands for bytes that are no character. @throws VitrineError where the id is no token */
  tokenText(id: number): string {
    return decodeUtf8(this.tokenBytes(id));
  }

  /** The same of any id that a model names: none where it is no token, as of those with which vocabularies are padded. */
  textOrNone(id: number): string {
    return this.hasText(id) ? this.tokenText(id) : '';
  }

  /**
   * The merges that build a token; undefined where none do, as for an added token, and all of a Unigram vocabulary.
   *
   * @throws VitrineError where the id is no token
   */
  derivation(id: number): Derivation | undefined {
    this.check(id);
    return this.vocabulary.added.has(id) ? undefined : this.vocabulary.model.derive(id);
  }

  /**
   * The rank of the merge that joins two tokens side by side in one piece of text; undefined where none does.
   *
   * @throws VitrineError where an id is no token
   */
  mergeRank(left: number, right: number): number | undefined {
    this.check(left);
    this.check(right);
    return this.vocabulary.model.mergeRank(left, right);
  }

  /** The piece of the text, in UTF-16 units, that holds `offset` and within which its tokens were merged. */
  pieceAt(text: string, offset: number, { special = false }: EncodeOptions = {}): Span {
    const scan = new TextScan({ ...this.vocabulary, cut: undefined }, this.cache, text, special, 'nothing');
    let start = 0;
    while (!scan.done) {
      scan.step();
      if (scan.at > offset) break;
      start = scan.at;
    }
    return { start, end: scan.at };
  }

  /** The text of tokens; U+FFFD stands for bytes that are no character. @throws VitrineError where an id is no token */
  decode(ids: ArrayLike<number>): string {
    const { prefix, added } = this.vocabulary;
    const parts = Array.from(ids, (id, i) => {
      const bytes = this.tokenBytes(id);
      const before = i === 0 ? 'nothing' : added.has(ids[i - 1] ?? -1) ? 'added' : 'text';
      // The space that encoding put there is not in the text.
      return isPrefixed(prefix, before) && bytes[0] === BLANK ? bytes.subarray(1) : bytes;
    });
    const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return decodeUtf8(bytes);
  }

  /** Whether an edit leaves the tokens far from it as they are; otherwise all have to be made anew. */
  get isLocal(): boolean {
    return this.vocabulary.isLocal;
  }

  /** Whether a token is looked for in the text itself: a control token or a user-defined one. */
  isAdded(id: number): boolean {
    return this.vocabulary.added.has(id);
  }

  /** UTF-16 units of the longest such token. */
  get longestAdded(): number {
    return this.vocabulary.added.longest;
  }

  isControl(id: number): boolean {
    return this.vocabulary.added.isControl(id);
  }

  /** Whether an id is a token, which has a text. */
  hasText(id: number): boolean {
    return this.vocabulary.table.lengthOf(id) > 0;
  }

  private check(id: number): void {
    const { vocabSize = 0 } = this.vocabulary;
    if (Number.isInteger(id) && id >= 0 && (id < vocabSize || this.hasText(id))) return;
    throw new VitrineError(
      'tokenizer.id',
      sentence`There is no token ${String(id)} in ${this.name}: its ids go from 0 to ${String(this.size - 1)}, some of which may be unused.`,
    );
  }
}
