import type { Tokenization } from '../shared/tokens';
import { AddedSearch } from './added/added-search';
import { SoughtSearch } from './added/sought-search';
import type { Before } from './before';
import { LONGEST_CACHED, type PieceCache } from './bpe/piece-cache';
import { Symbols } from './bpe/symbols';
import type { Encoding } from './model';
import { NormalizedText } from './normalized-text';
import { isPrefixed } from './prefix';
import { isSpaceMark } from './sentencepiece/space-mark';
import { PlainText, type SourceText } from './source-text';
import { Splitter } from './splits/split';
import { TokenBuffer } from './token-buffer';
import { unitsOfText, utf8LengthOf } from './unicode/utf8';
import type { Vocabulary } from './vocabulary';

/** Steps of encoding between two looks at the clock: well under a millisecond. */
const STEPS = 2048;

/** One pass over a text, piece by piece, in steps of bounded work. */
export class TextScan {
  private readonly source: SourceText;
  private readonly units: Uint16Array;
  /** Where the next piece starts, in the units of `source`. */
  private position = 0;
  /** Where the tokens start that `take` has not taken yet, in its units and bytes. */
  private taken = 0;
  private takenBytes = 0;
  private readonly buffer: TokenBuffer;
  private readonly splitter: Splitter;
  private readonly symbols = new Symbols();
  /** Whether what is encoded begins a piece of the rules, and not only a part that no token reaches beyond. */
  private startsPiece = true;
  private readonly addedSearch: AddedSearch;
  /** Where the next added token starts and ends, and which it is; at the end of the text where none comes. */
  private addedAt = 0;
  private addedEnd = 0;
  private addedId = -1;
  /** Of the piece at hand, while it takes several steps. */
  private encoding: Encoding | undefined;

  /**
   * @param special whether control tokens are recognised
   * @param before what stands before the next piece
   */
  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly cache: PieceCache,
    text: string,
    special: boolean,
    public before: Before,
  ) {
    this.source = sourceOf(text, vocabulary, special);
    this.units = this.source.units;
    this.buffer = new TokenBuffer(Math.ceil(this.units.length / 3));
    this.splitter = new Splitter(vocabulary.splits, vocabulary.cut);
    this.addedSearch = new AddedSearch(vocabulary.added, this.source, special);
    this.findAdded();
  }

  get done(): boolean {
    return this.position === this.units.length;
  }

  /** Where the next piece starts in the text, in UTF-16 units. */
  get at(): number {
    return this.source.offsetOf(this.position);
  }

  /** Whether the text can be cut at `at`: it is no part of a piece, nor of a character that normalising made. */
  get isBetween(): boolean {
    return this.done || (this.splitter.isBetween(this.position) && this.source.isBetween(this.position));
  }

  /** Encodes the next piece, or a part of it if it is long. */
  step(): void {
    if (this.done) return;
    if (this.position === this.addedAt) this.encodeAdded();
    else {
      this.startsPiece = this.splitter.isBetween(this.position);
      const end = this.splitter.next(this.units, this.position, this.addedAt);
      if (this.splitter.isLeftOut) this.leaveOut(end);
      else this.encodePiece(end);
    }
  }

  /** The tokens of the text from the last take up to `at`, where the text can be cut; offsets count from the last take. */
  take(): Tokenization {
    const tokens = this.buffer.toTokenization(this.units.subarray(this.taken, this.position));
    const restored = this.source.restore(tokens, this.taken, this.takenBytes, this.position);
    this.taken = this.position;
    this.takenBytes += this.buffer.byteLength;
    this.buffer.clear();
    return restored;
  }

  private findAdded(): void {
    this.splitter.reset();
    const found = this.addedSearch.next(this.position);
    this.addedAt = found?.start ?? this.units.length;
    this.addedEnd = found?.end ?? this.addedAt;
    this.addedId = found?.token.id ?? -1;
  }

  private encodeAdded(): void {
    this.buffer.append(this.addedId, utf8LengthOf(this.units, this.position, this.addedEnd));
    this.position = this.addedEnd;
    this.before = 'added';
    this.findAdded();
  }

  private leaveOut(end: number): void {
    this.buffer.dropNext(utf8LengthOf(this.units, this.position, end));
    this.position = end;
    this.before = 'text';
  }

  private encodePiece(end: number): void {
    const whole = this.vocabulary.model.wholeToken(this.units, this.position, end);
    if (whole >= 0) this.buffer.append(whole, end - this.position);
    else if (!this.encodeParts(end)) return;
    this.position = end;
    this.before = 'text';
  }

  /** Encodes a piece that is several tokens, for all we know. @returns false if that takes more steps */
  private encodeParts(end: number): boolean {
    const prefix = this.isPrefixed();
    const cacheable = !prefix && end - this.position <= LONGEST_CACHED;
    const entry = cacheable ? this.cache.find(this.units, this.position, end) : -1;
    if (entry >= 0) this.cache.copy(entry, this.buffer);
    else if (this.merge(end, prefix)) this.emit(end, cacheable);
    else return false;
    return true;
  }

  private isPrefixed(): boolean {
    const { prefix } = this.vocabulary;
    if (!prefix || prefix.isWritten || !this.startsPiece || !isPrefixed(prefix, this.before)) return false;
    return prefix.always || !isSpaceMark(this.units[this.position]);
  }

  /** Fills `symbols` with the tokens of the piece. @returns false if that takes more steps */
  private merge(end: number, prefix: boolean): boolean {
    const { model } = this.vocabulary;
    this.encoding ??= model.encode(this.units, this.position, end, prefix, this.symbols);
    if (this.encoding && !this.encoding.run(STEPS)) return false;
    this.encoding = undefined;
    return true;
  }

  private emit(end: number, cacheable: boolean): void {
    const { symbols, buffer } = this;
    const offset = buffer.byteLength;
    for (let i = 0; i < symbols.count; i++) {
      buffer.push(symbols.ids[i] ?? 0, offset + (symbols.starts[i] ?? 0), offset + (symbols.ends[i] ?? 0));
    }
    if (symbols.dropped.length > 0) for (const byte of symbols.dropped) buffer.drop(offset + byte);
    else if (cacheable) this.cache.add(this.units, this.position, end, symbols);
    buffer.byteLength = offset + symbols.byteLength;
  }
}

function sourceOf(text: string, { normalizers, added }: Vocabulary, special: boolean): SourceText {
  if (normalizers.length === 0) return new PlainText(text);
  return new NormalizedText(text, normalizers, new SoughtSearch(added.verbatim, unitsOfText(text), special).all());
}
