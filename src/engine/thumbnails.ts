import type { ModelConfig } from '../model/config';
import type { Thumbnails } from '../shared/engine-api';
import type { Blocks, Chunk } from './chunk';
import type { Trace } from './trace';

/** A chunk whose blocks are at least `size` positions large. */
export function poolChunk(chunk: Chunk, size: number): Chunk {
  const { blocks } = chunk;
  if (size <= blocks.size) return chunk;
  const factor = size / blocks.size;
  const heads = blocks.maximum.length / (blocks.rows * blocks.columns);
  const pooled = emptyBlocks(size, heads, Math.ceil(blocks.rows / factor), Math.ceil(blocks.columns / factor));
  addBlocks(pooled, blocks, 0);
  return { ...chunk, blocks: pooled };
}

/** Every head's pattern in at most `size` rows and columns. */
export function thumbnailsOf(
  trace: Trace,
  { numHiddenLayers, numAttentionHeads }: ModelConfig,
  size: number,
): Thumbnails {
  const tokens = trace.ids.length;
  let block = trace.block;
  while (Math.ceil(tokens / block) > size) block *= 2;
  const side = Math.ceil(tokens / block);
  const all = emptyBlocks(block, numHiddenLayers * numAttentionHeads, side, side);
  for (const { start, blocks } of trace.chunks) addBlocks(all, blocks, start);
  return { size: side, block, maximum: all.maximum, mean: means(all, tokens) };
}

function emptyBlocks(size: number, heads: number, rows: number, columns: number): Blocks {
  const count = heads * rows * columns;
  return { size, rows, columns, maximum: new Float32Array(count), sum: new Float32Array(count) };
}

/** Joins smaller blocks, whose first query stands at `start`, into larger ones: the largest of the maxima, the sum of the sums. */
function addBlocks(into: Blocks, blocks: Blocks, start: number): void {
  const perHead = blocks.rows * blocks.columns;
  for (let from = 0; from < blocks.maximum.length; from++) {
    const head = Math.floor(from / perHead);
    const row = Math.floor((start + Math.floor((from % perHead) / blocks.columns) * blocks.size) / into.size);
    const column = Math.floor(((from % blocks.columns) * blocks.size) / into.size);
    // Columns past the last one are of padding.
    if (column >= into.columns) continue;
    const to = (head * into.rows + row) * into.columns + column;
    into.maximum[to] = Math.max(into.maximum[to] as number, blocks.maximum[from] as number);
    into.sum[to] = (into.sum[to] as number) + (blocks.sum[from] as number);
  }
}

/** A text's last row and column of blocks may be narrower than the others. */
function means({ size, rows, columns, sum }: Blocks, tokens: number): Float32Array {
  const extent = (index: number) => Math.min(size, tokens - index * size);
  return sum.map((value, at) => value / (extent(at % columns) * extent(Math.floor(at / columns) % rows)));
}
