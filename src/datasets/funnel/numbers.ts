import { writeSync } from 'node:fs';

/**
 * Documents whose numbers lie together on disk, one column behind another: to decide by one column is to read only that. Some
 * thousand documents are read in a few seconds, which is all that is lost where a program is killed.
 */
export const BLOCK_DOCUMENTS = 1 << 12;

/** Numbers of documents, in columns: those that are finished, and those of a data set that is being read. */
export interface Numbers {
  /** Documents whose numbers are known. */
  readonly documents: number;
  /** Those of a column from a document on, into an array; all have to be of one block. */
  read(column: number, from: number, numbers: Float32Array): void;
}

/** One number of a document. */
export function numberOf(numbers: Numbers, column: number, index: number): number {
  const number = new Float32Array(1);
  numbers.read(column, index, number);
  return number[0] as number;
}

export const blocksOf = (documents: number) => Math.ceil(documents / BLOCK_DOCUMENTS);

export const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

export function writeAll(file: number, bytes: Uint8Array, at: number): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written, bytes.length - written, at + written);
  }
}
