import { fstatSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import * as v from 'valibot';
import type { Copies } from '../duplicates/clusters';

/*
 * What stands at the end of a file of numbers: a line of JSON, the arrays of which it gives the lengths, and at last four
 * letters, the length of the footer, a CRC-32 of the numbers and one of the footer.
 */

export interface NumbersFooter {
  documents: number;
  /** Of each filter that finds them, in order. */
  copies: readonly Copies[];
}

const MARK = Buffer.from('VtF1');
const END_BYTES = MARK.length + 12;
const LINE_FEED = 0x0a;

const header = v.object({
  documents: v.pipe(v.number(), v.integer(), v.minValue(0)),
  copies: v.array(v.object({ members: v.pipe(v.number(), v.integer(), v.minValue(0)), of: v.number() })),
});

/** @param sum of the numbers */
export function packFooter({ documents, copies }: NumbersFooter, sum: number): Buffer {
  const lengths = copies.map(({ members, of }) => ({ members: members.length, of }));
  const content = Buffer.concat([
    Buffer.from(`${JSON.stringify({ documents, copies: lengths } satisfies v.InferInput<typeof header>)}\n`),
    ...copies.flatMap(({ members, equal }) => [bytesOf(members), equal]),
  ]);
  const end = Buffer.alloc(END_BYTES);
  MARK.copy(end);
  end.writeUInt32LE(content.length, MARK.length);
  end.writeUInt32LE(sum, MARK.length + 4);
  end.writeUInt32LE(crc32(content), MARK.length + 8);
  return Buffer.concat([content, end]);
}

/**
 * The footer of a file; undefined where it has none, or is not as it was written.
 *
 * @param pieceBytes that are looked through at once
 * @param numbersBytes how long the numbers of so many documents are
 */
export function footerOf(
  file: number,
  pieceBytes: number,
  numbersBytes: (documents: number) => number,
): NumbersFooter | undefined {
  const { size } = fstatSync(file);
  const end = read(file, size - END_BYTES, END_BYTES);
  if (!end?.subarray(0, MARK.length).equals(MARK)) return undefined;
  const length = end.readUInt32LE(MARK.length);
  const start = size - END_BYTES - length;
  const content = read(file, start, length);
  if (!content || crc32(content) !== end.readUInt32LE(MARK.length + 8)) return undefined;
  const footer = unpack(content);
  if (!footer || numbersBytes(footer.documents) !== start) return undefined;
  return sumOf(file, start, pieceBytes) === end.readUInt32LE(MARK.length + 4) ? footer : undefined;
}

function unpack(content: Buffer): NumbersFooter | undefined {
  const begins = content.indexOf(LINE_FEED) + 1;
  const { success, output } = v.safeParse(header, JSON.parse(content.toString('utf8', 0, begins)));
  if (!success) return undefined;
  const arrays = new Uint8Array(content.subarray(begins));
  let at = 0;
  const copies = output.copies.map(({ members, of }): Copies => {
    const ends = at + 4 * members;
    const copy = {
      members: new Uint32Array(arrays.slice(at, ends).buffer),
      equal: arrays.slice(ends, ends + members),
      of,
    };
    at = ends + members;
    return copy;
  });
  return { documents: output.documents, copies };
}

function sumOf(file: number, length: number, pieceBytes: number): number {
  let sum = 0;
  for (let at = 0; at < length; at += pieceBytes) {
    sum = crc32(read(file, at, Math.min(pieceBytes, length - at)) ?? Buffer.alloc(0), sum);
  }
  return sum;
}

/** Undefined where it does not have so many bytes there. */
function read(file: number, at: number, length: number): Buffer | undefined {
  if (at < 0) return undefined;
  const bytes = Buffer.allocUnsafe(length);
  return readSync(file, bytes, 0, length, at) === length ? bytes : undefined;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array) => new Uint8Array(buffer, byteOffset, byteLength);
