import type { EncodeOptions, Tokenizer } from '../tokenizer';
import { unitsOfText } from '../unicode/utf8';
import type { Chunk } from './chunk';
import { locate, textBetween } from './chunk-text';
import { type DocumentTokens, tokensBetween } from './document-tokens';
import { settledEnd } from './reach';
import { WindowPass } from './window-pass';

/** UTF-16 units of one pass, at most, unless a piece is longer. */
const WINDOW_UNITS = 1 << 16;

/** Units of a pass beyond what waits to be encoded: room to come upon a border that still holds. */
const LOOKAHEAD_UNITS = 6144;

/**
 * A text whose tokens follow its edits. An edit costs as much as the pieces that it touches, whatever the size of the
 * text; the tokens are always those of the whole text encoded at once.
 *
 * Edits only mark what has to be encoded; `settle` does it, in steps that can be spread over slices.
 */
export class TokenizedDocument {
  private readonly chunks: Chunk[];
  /** No chunk before it waits to be encoded. */
  private firstWaiting = 0;
  private pass: WindowPass | undefined;
  /** How many times the usual window the next one is: a long piece needs a large one. */
  private scale = 1;
  private readonly special: boolean;

  constructor(
    private readonly tokenizer: Tokenizer,
    text: string,
    { special = false }: EncodeOptions = {},
  ) {
    this.chunks = text === '' ? [] : [{ text }];
    this.special = special;
  }

  /** The same text as far as an offset. Once that is settled, in little time, its tokens are those of a text that ends there. */
  upTo(end: number): TokenizedDocument {
    const part = new TokenizedDocument(this.tokenizer, '', { special: this.special });
    part.chunks.push(...this.chunks);
    part.firstWaiting = this.firstWaiting;
    if (end < this.length) part.edit(end, this.length, '');
    return part;
  }

  /** UTF-16 units of the text. */
  get length(): number {
    return this.chunks.reduce((length, chunk) => length + chunk.text.length, 0);
  }

  /** How many tokens the text has; once settled, all of them. */
  get count(): number {
    return this.chunks.reduce((count, chunk) => count + (chunk.tokens?.ids.length ?? 0), 0);
  }

  /** Puts `text` in the place of the UTF-16 range [start, end). @throws RangeError where the text has no such range */
  edit(start: number, end: number, text: string): void {
    if (!(start >= 0 && start <= end && end <= this.length)) throw new RangeError(`No range ${start}-${end} here.`);
    const settled = this.settledBefore(start);
    const from = locate(this.chunks, start);
    const to = locate(this.chunks, end);
    const before = this.chunks[from.index]?.text.slice(0, from.offset) ?? '';
    const after = this.chunks[to.index]?.text.slice(to.offset) ?? '';
    const parts = [before, text, after].filter((part) => part !== '');
    this.chunks.splice(from.index, to.index - from.index + 1, ...parts.map((part) => ({ text: part })));
    if (!this.tokenizer.isLocal) this.joinAll();

    let first = this.tokenizer.isLocal ? from.index : 0;
    for (let border = start - before.length; first > 0 && border >= settled; ) {
      first--;
      const chunk = { text: this.chunks[first]?.text ?? '' };
      this.chunks[first] = chunk;
      border -= chunk.text.length;
    }
    this.firstWaiting = Math.min(this.firstWaiting, first);
    this.pass = undefined;
    this.scale = 1;
  }

  /** Encodes what waits to be, with a pause at every yield; an edit may come in between. */
  *settle(): Generator<undefined, void> {
    while (this.findWaiting()) {
      this.pass ??= this.openPass();
      if (this.pass.step()) this.closePass(this.pass);
      yield;
    }
  }

  /** The tokens that have a part in the UTF-16 range [start, end), of what is encoded. */
  tokensBetween(start: number, end: number): DocumentTokens {
    return tokensBetween(this.chunks, start, end);
  }

  /** Before which place no border can be touched by what changes at `start`. */
  private settledBefore(start: number): number {
    if (!this.tokenizer.isLocal) return 0;
    for (let length = 256; ; length *= 2) {
      const from = Math.max(0, start - length);
      const settled = settledEnd(unitsOfText(textBetween(this.chunks, from, start)), this.tokenizer.longestAdded);
      if (settled > 0 || from === 0) return from + settled;
    }
  }

  /** Makes the whole text wait, as one chunk. */
  private joinAll(): void {
    const text = textBetween(this.chunks, 0, this.length);
    this.chunks.splice(0, this.chunks.length, ...(text === '' ? [] : [{ text }]));
  }

  private findWaiting(): boolean {
    while (this.firstWaiting < this.chunks.length && this.chunks[this.firstWaiting]?.tokens) this.firstWaiting++;
    return this.firstWaiting < this.chunks.length;
  }

  private openPass(): WindowPass {
    const end = this.windowEnd();
    const before = this.chunks[this.firstWaiting - 1]?.tokens?.ids.at(-1);
    return new WindowPass(
      this.tokenizer,
      this.chunks.slice(this.firstWaiting, end),
      end === this.chunks.length,
      this.special,
      before === undefined ? 'nothing' : this.tokenizer.isAdded(before) ? 'added' : 'text',
    );
  }

  /** The chunk before which the window ends that starts at `firstWaiting`. */
  private windowEnd(): number {
    if (!this.tokenizer.isLocal) return this.chunks.length;
    const most = WINDOW_UNITS * this.scale;
    const ahead = LOOKAHEAD_UNITS * this.scale;
    let units = 0;
    let encoded = 0;
    let end = this.firstWaiting;
    for (; end < this.chunks.length && units < most && encoded < ahead; end++) {
      const chunk = this.chunks[end];
      if (!chunk) break;
      const room = most - units;
      if (!chunk.tokens && chunk.text.length > room) {
        this.chunks.splice(end, 1, { text: chunk.text.slice(0, room) }, { text: chunk.text.slice(room) });
      }
      units += this.chunks[end]?.text.length ?? 0;
      if (chunk.tokens) encoded += chunk.text.length;
    }
    return end;
  }

  private closePass(pass: WindowPass): void {
    const rest = pass.rest;
    const chunks = rest === '' ? pass.chunks : [...pass.chunks, { text: rest }];
    this.chunks.splice(this.firstWaiting, pass.replaced, ...chunks);
    this.scale = pass.chunks.length === 0 ? 2 * this.scale : 1;
    this.pass = undefined;
  }
}
