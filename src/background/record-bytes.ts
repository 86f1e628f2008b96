import { crc32 } from 'node:zlib';
import { KEY_BYTES } from './record-table';

/*
 * A record on disk: four letters, the key, the numbers as float64 in little endian, and a CRC-32 of key and numbers. What
 * was torn, or is anything else, is passed over: the next record is found by its letters and its sum.
 */

const MARK = Buffer.from('VtR1');
const SUM_BYTES = 4;

/** A result, by what it was found out of. */
export interface StoredRecord {
  /** Uint32Array // [KEY_BYTES / 4] */
  key: Uint32Array;
  values: Float64Array;
}

export const recordBytes = (width: number) => MARK.length + KEY_BYTES + 8 * width + SUM_BYTES;

export function packRecord({ key, values }: StoredRecord): Buffer {
  const bytes = Buffer.alloc(recordBytes(values.length));
  MARK.copy(bytes);
  for (const [i, word] of key.entries()) bytes.writeUInt32LE(word, MARK.length + 4 * i);
  for (const [i, value] of values.entries()) bytes.writeDoubleLE(value, MARK.length + KEY_BYTES + 8 * i);
  const end = bytes.length - SUM_BYTES;
  bytes.writeUInt32LE(crc32(bytes.subarray(MARK.length, end)), end);
  return bytes;
}

/** The whole records of some bytes, in order, and where the last of them ends. */
export function unpackRecords(bytes: Buffer, width: number): { records: StoredRecord[]; end: number } {
  const size = recordBytes(width);
  const records: StoredRecord[] = [];
  let end = 0;
  for (let at = bytes.indexOf(MARK); at >= 0 && at + size <= bytes.length; at = bytes.indexOf(MARK, at)) {
    const record = bytes.subarray(at, at + size);
    const isWhole = crc32(record.subarray(MARK.length, size - SUM_BYTES)) === record.readUInt32LE(size - SUM_BYTES);
    if (isWhole) records.push(unpackRecord(record, width));
    at += isWhole ? size : 1;
    if (isWhole) end = at;
  }
  return { records, end };
}

function unpackRecord(bytes: Buffer, width: number): StoredRecord {
  return {
    key: Uint32Array.from({ length: KEY_BYTES / 4 }, (_, i) => bytes.readUInt32LE(MARK.length + 4 * i)),
    values: Float64Array.from({ length: width }, (_, i) => bytes.readDoubleLE(MARK.length + KEY_BYTES + 8 * i)),
  };
}
