import { BATCH } from '../batch';
import { TokenTable } from '../bpe/token-table';
import { encodeUtf8, unitsOfText } from '../unicode/utf8';
import { decodeBase64 } from './base64';
import { decodeByteText } from './byte-text';

/** Collects the tokens of a vocabulary, written in whichever way. */
export class TokenTableBuilder {
  private starts = new Uint32Array(1024);
  private ends = new Uint32Array(1024);
  private bytes = new Uint8Array(4096);
  private length = 0;
  private size = 0;
  /** Whether the token can come out of a merge, or go into one. */
  private mergeable = new Uint8Array(1024);

  /** A token in the alphabet of bytes. @returns false, and adds nothing, if the text is not in it */
  addByteText(id: number, text: string): boolean {
    this.reserve(id, text.length);
    const length = decodeByteText(text, 0, text.length, this.bytes, this.length);
    if (length <= 0) return false;
    this.add(id, length, true);
    return true;
  }

  /** A token in base 64, `text[start, end)`. */
  addBase64(id: number, text: string, start: number, end: number): void {
    this.reserve(id, end - start);
    this.add(id, decodeBase64(text, start, end, this.bytes, this.length), true);
  }

  /** A token in plain text. */
  addText(id: number, text: string, mergeable: boolean): void {
    this.reserve(id, 3 * text.length);
    this.add(id, encodeUtf8(unitsOfText(text), 0, text.length, this.bytes.subarray(this.length)), mergeable);
  }

  /** The table, in steps. */
  *build(): Generator<undefined, TokenTable> {
    yield;
    const table = new TokenTable(
      this.starts.slice(0, this.size),
      this.ends.slice(0, this.size),
      this.bytes.slice(0, this.length),
    );
    for (let first = 0; first < this.size; first += BATCH) {
      yield;
      this.addTo(table, first, Math.min(first + BATCH, this.size));
    }
    return table;
  }

  private addTo(table: TokenTable, first: number, end: number): void {
    for (let id = first; id < end; id++) if (this.mergeable[id] === 1) table.add(id);
  }

  private add(id: number, length: number, mergeable: boolean): void {
    this.mergeable[id] = mergeable ? 1 : 0;
    this.starts[id] = this.length;
    this.length += length;
    this.ends[id] = this.length;
    this.size = Math.max(this.size, id + 1);
  }

  private reserve(id: number, bytes: number): void {
    if (id >= this.starts.length) {
      this.starts = copyInto(new Uint32Array(2 * id), this.starts);
      this.ends = copyInto(new Uint32Array(2 * id), this.ends);
      this.mergeable = copyInto(new Uint8Array(2 * id), this.mergeable);
    }
    if (this.length + bytes > this.bytes.length) {
      this.bytes = copyInto(new Uint8Array(2 * (this.length + bytes)), this.bytes);
    }
  }
}

function copyInto<T extends Uint8Array | Uint32Array>(larger: T, array: T): T {
  larger.set(array);
  return larger;
}
