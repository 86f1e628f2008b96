import { crc32 } from 'node:zlib';
import { KEY_BYTES } from './record-table';

/*
 * A record on disk: four letters, the key, how many bytes the result has (32 bits, little endian), the result, and a CRC-32
 * of all but the letters. What was torn, or is anything else, is passed over: the next record is found by its letters and
 * its sum.
 */

const MARK = Buffer.from('VtR2');
const HEAD_BYTES = MARK.length + KEY_BYTES + 4;
const SUM_BYTES = 4;

/** Of a result. */
export const MOST_RESULT_BYTES = 1 << 24;

/** Where a record is in some bytes. */
export interface FoundRecord {
  /** Uint32Array // [KEY_BYTES / 4] */
  key: Uint32Array;
  start: number;
  /** Of the whole record. */
  size: number;
}

export function packRecord(key: Uint32Array, result: Uint8Array): Buffer {
  const bytes = Buffer.alloc(HEAD_BYTES + result.length + SUM_BYTES);
  MARK.copy(bytes);
  for (const [i, word] of key.entries()) bytes.writeUInt32LE(word, MARK.length + 4 * i);
  bytes.writeUInt32LE(result.length, HEAD_BYTES - 4);
  bytes.set(result, HEAD_BYTES);
  const end = bytes.length - SUM_BYTES;
  bytes.writeUInt32LE(crc32(bytes.subarray(MARK.length, end)), end);
  return bytes;
}

/**
 * The whole records of some bytes, in order, and from where on the bytes may be the beginning of another.
 *
 * @param isEnd whether no more bytes come after these
 */
export function findRecords(bytes: Buffer, isEnd: boolean): { records: FoundRecord[]; rest: number } {
  const records: FoundRecord[] = [];
  let at = bytes.indexOf(MARK);
  for (; at >= 0; at = bytes.indexOf(MARK, at)) {
    const size = sizeAt(bytes, at);
    const isCut = size === undefined || at + size > bytes.length;
    if (isCut && !isEnd) return { records, rest: at };
    const isWhole = !isCut && isRecord(bytes.subarray(at, at + size));
    if (isWhole) records.push({ key: keyAt(bytes, at), start: at, size });
    at += isWhole ? size : 1;
  }
  // Its letters may be cut themselves.
  return { records, rest: Math.max(0, bytes.length - MARK.length + 1) };
}

/** What a record holds. */
export const resultOf = (record: Buffer): Uint8Array =>
  Uint8Array.from(record.subarray(HEAD_BYTES, record.length - SUM_BYTES));

/** Undefined where the bytes end before they say. One that says more than any record has is as long as its head. */
function sizeAt(bytes: Buffer, at: number): number | undefined {
  if (at + HEAD_BYTES > bytes.length) return undefined;
  const length = bytes.readUInt32LE(at + HEAD_BYTES - 4);
  return HEAD_BYTES + (length > MOST_RESULT_BYTES ? 0 : length + SUM_BYTES);
}

function isRecord(record: Buffer): boolean {
  const end = record.length - SUM_BYTES;
  return end >= HEAD_BYTES && crc32(record.subarray(MARK.length, end)) === record.readUInt32LE(end);
}

const keyAt = (bytes: Buffer, at: number) =>
  Uint32Array.from({ length: KEY_BYTES / 4 }, (_, i) => bytes.readUInt32LE(at + MARK.length + 4 * i));
