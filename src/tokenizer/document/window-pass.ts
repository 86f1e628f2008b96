import type { Before } from '../before';
import type { TextScan } from '../text-scan';
import type { Tokenizer } from '../tokenizer';
import { unitsOfText } from '../unicode/utf8';
import { type Chunk, chunkTokens } from './chunk';
import { settledEnd } from './reach';

/** UTF-16 units of a chunk, unless a piece is longer: what an edit encodes anew, in far less than a millisecond. */
const CHUNK_UNITS = 2048;

/** Units encoded in one step, in about half a millisecond. */
const STEP_UNITS = 4096;

/**
 * Encodes the text of some chunks anew, from a border that holds, until it comes upon a border of a chunk that is
 * encoded already: from there on everything is as it was.
 */
export class WindowPass {
  /** What takes the place of the first `replaced` chunks of the window, once the pass is over. */
  readonly chunks: Chunk[] = [];
  replaced = 0;
  private readonly text: string;
  private readonly scan: TextScan;
  /** Where the last chunk made ends. */
  private cut = 0;
  /** The first chunk of the window that starts at or after the scan, and where that is. */
  private next = 0;
  private nextStart = 0;
  /** Borders before it do not depend on what comes after the window. */
  private readonly trusted: number;

  /**
   * @param window chunks of the document, of which the first waits to be encoded
   * @param isLast whether the document ends with them
   * @param before what stands before them
   */
  constructor(
    tokenizer: Tokenizer,
    private readonly window: readonly Chunk[],
    isLast: boolean,
    special: boolean,
    private before: Before,
  ) {
    this.text = window.map((chunk) => chunk.text).join('');
    this.scan = tokenizer.scan(this.text, { special }, before);
    this.trusted = isLast ? this.text.length + 1 : settledEnd(unitsOfText(this.text), tokenizer.longestAdded);
  }

  /** Goes on for a while. @returns whether the pass is over */
  step(): boolean {
    const end = this.scan.at + STEP_UNITS;
    while (this.scan.at < end) {
      const before = this.scan.at;
      this.scan.step();
      if (this.scan.at === before && !this.scan.done) return false;
      if (this.scan.at >= this.trusted) return true;
      if (!this.scan.isBetween) continue;
      this.catchUp();
      if (this.scan.done || this.meetsOld()) {
        this.makeChunk();
        return true;
      }
      if (this.scan.at - this.cut >= CHUNK_UNITS) this.makeChunk();
    }
    return false;
  }

  /** What is left, when the pass is over, of the text of the chunks replaced: it waits for the next pass. */
  get rest(): string {
    const end = this.window.slice(0, this.replaced).reduce((length, chunk) => length + chunk.text.length, 0);
    return this.text.slice(this.cut, end);
  }

  private catchUp(): void {
    while (this.nextStart < this.scan.at) this.nextStart += this.window[this.next++]?.text.length ?? 0;
  }

  private meetsOld(): boolean {
    return this.nextStart === this.scan.at && this.window[this.next]?.tokens?.before === this.scan.before;
  }

  private makeChunk(): void {
    const text = this.text.slice(this.cut, this.scan.at);
    this.chunks.push({ text, tokens: chunkTokens(this.scan.take(), this.before) });
    this.cut = this.scan.at;
    this.before = this.scan.before;
    this.replaced = this.next;
  }
}
