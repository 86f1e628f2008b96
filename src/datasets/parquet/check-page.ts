import type { PageHeader } from 'hyparquet';
import type { readPage } from 'hyparquet/src/column.js';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { readVarInt } from 'hyparquet/src/thrift.js';
import { LARGEST_PART_BYTES } from './parquet-file';

/** How values of a column are stored. */
export type ColumnDecoder = Parameters<typeof readPage>[2];

/** Writers begin another page long before. */
export const MOST_VALUES = 4_000_000;

/** Bit-packed runs are filled up, by a few values. */
const FILLED_UP = 1024;

/**
 * Throws where a page without lists would become much larger than its values are: hyparquet believes the lengths of runs and of
 * shared beginnings that stand in it.
 *
 * @param page not compressed
 */
export function checkPage(header: PageHeader, page: Uint8Array, { element }: ColumnDecoder): void {
  const first = header.type === 'DATA_PAGE' ? header.data_page_header : undefined;
  const second = header.type === 'DATA_PAGE_V2' ? header.data_page_header_v2 : undefined;
  const data = first ?? second;
  if (!data) return;
  if (!(data.num_values >= 0 && data.num_values <= MOST_VALUES)) throw new Error('values');
  const view = new DataView(page.buffer, page.byteOffset, page.length);
  const isOptional = element.repetition_type !== 'REQUIRED';
  let at = 0;
  if (second) {
    if (second.repetition_levels_byte_length !== 0 || second.num_nulls > second.num_values) throw new Error('levels');
    if (isOptional) checkRuns(view, 0, 1, second.num_values);
    at = second.definition_levels_byte_length;
  } else if (isOptional) {
    checkRuns(view, 4, 1, data.num_values);
    at = 4 + view.getUint32(0, true);
  }
  if (data.encoding.endsWith('_DICTIONARY') && at < page.length) {
    const width = view.getUint8(at);
    if (width > 32) throw new Error('width');
    checkRuns(view, at + 1, width, data.num_values, true);
  }
  if (data.encoding === 'DELTA_BYTE_ARRAY') checkShared(view, at, data.num_values);
}

/** Runs of equal and of bit-packed numbers. @param mayEnd fewer numbers, because nulls have none */
function checkRuns(view: DataView, from: number, width: number, values: number, mayEnd = false): void {
  const reader = { view, offset: from };
  for (let seen = 0; seen < values; ) {
    if (mayEnd && reader.offset >= view.byteLength) return;
    const header = readVarInt(reader);
    const groups = header >>> 1;
    const isPacked = (header & 1) === 1;
    seen += isPacked ? groups * 8 : groups;
    reader.offset += isPacked ? groups * width : (width + 7) >> 3;
    if (groups === 0 || seen > values + FILLED_UP) throw new Error('runs');
  }
}

/** Texts that each begin as the one before: how long they are together. */
function checkShared(view: DataView, from: number, values: number): void {
  const reader = { view, offset: from };
  const [shared, own] = [new Int32Array(values), new Int32Array(values)];
  deltaBinaryUnpack(reader, values, shared);
  deltaBinaryUnpack(reader, values, own);
  const length = shared.reduce((sum, prefix, i) => sum + prefix + (own[i] as number), 0);
  if (length > LARGEST_PART_BYTES || shared.some((prefix) => prefix < 0)) throw new Error('shared');
}
