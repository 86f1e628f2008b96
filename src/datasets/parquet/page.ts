import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { CompressionCodec, Compressors, DecodedArray, PageHeader } from 'hyparquet';
import { readPage } from 'hyparquet/src/column.js';
import { convert } from 'hyparquet/src/convert.js';
import { compressors, decompressZstd } from 'hyparquet-compressors';
import { type ColumnDecoder, checkPage, MOST_VALUES } from './check-page';
import { LARGEST_PART_BYTES } from './parquet-file';

/**
 * The values of a page of a column without lists, null where there is none.
 *
 * @param body what stands behind the header, in an array of its own
 * @throws Error of a page that is not as its header says: nothing is allocated by it beyond what it may be
 */
export function pageValues(
  header: PageHeader,
  body: ArrayBuffer,
  decoder: ColumnDecoder,
  dictionary: DecodedArray | undefined,
): DecodedArray {
  const page = uncompressed(header, new Uint8Array(body), decoder.codec);
  const plain = { ...header, compressed_page_size: page.length, uncompressed_page_size: page.length };
  checkPage(plain, page, decoder);
  const reader = { view: new DataView(page.buffer, page.byteOffset, page.length), offset: 0 };
  const { data } = readPage(reader, plain, { ...decoder, codec: 'UNCOMPRESSED' }, dictionary, undefined, 0);
  return data ?? [];
}

/** How many rows a page has of a column without lists; undefined of one that has no data. */
export function rowsOfPage(header: PageHeader): number | undefined {
  if (header.type === 'DATA_PAGE') return header.data_page_header?.num_values;
  return header.type === 'DATA_PAGE_V2' ? header.data_page_header_v2?.num_rows : undefined;
}

/** Of the second version of pages levels stand before the rest, and are never compressed. */
function uncompressed(header: PageHeader, body: Uint8Array, codec: CompressionCodec): Uint8Array {
  const second = header.type === 'DATA_PAGE_V2' ? header.data_page_header_v2 : undefined;
  const levels = second ? second.definition_levels_byte_length + second.repetition_levels_byte_length : 0;
  const length = header.uncompressed_page_size - levels;
  if (!(levels >= 0 && levels <= body.length)) throw new Error('sizes');
  if (codec === 'UNCOMPRESSED' || second?.is_compressed === false || length === 0) return body;
  const page = new Uint8Array(levels + allowed(length));
  page.set(body.subarray(0, levels));
  page.set(decompressed(body.subarray(levels), length, codec), levels);
  return page;
}

/** Each gives as many bytes as it is told to, and not more on the way. */
export const COMPRESSORS: Compressors = {
  ...compressors,
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: allowed(length) }),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, { maxOutputLength: allowed(length) }),
  ZSTD: (bytes, length) => decompressZstd(bytes, zstdOutput(length)),
};

function decompressed(bytes: Uint8Array, length: number, codec: CompressionCodec): Uint8Array {
  const decompress = COMPRESSORS[codec];
  if (!decompress) throw new Error(`no ${codec}`);
  return decompress(bytes, length);
}

/** fzstd compares the array with a number, and without this JavaScript writes all of it as a text for that. */
const zstdOutput = (length: number) => Object.assign(new Uint8Array(allowed(length)), { valueOf: () => Number.NaN });

function allowed(length: number): number {
  if (!(length > 0 && length <= LARGEST_PART_BYTES)) throw new Error('sizes');
  return length;
}

/** Values of a dictionary, of which pages have the numbers. @throws Error */
export function dictionaryValues(header: PageHeader, body: ArrayBuffer, decoder: ColumnDecoder): DecodedArray {
  if ((header.dictionary_page_header?.num_values ?? 0) > MOST_VALUES) throw new Error('values');
  return convert(pageValues(header, body, decoder, undefined), decoder);
}
