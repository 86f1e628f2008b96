import { codedSize, rowsOfTriangle, triangleAt, triangleSize } from '../../src/recording/coded-weights';
import type { RecordedAttention } from '../../src/recording/recording';
import type { Thumbnails } from '../../src/shared/engine-api';
import { unanswered } from './unanswered';

/** Every head's small picture, as it was recorded or from the whole patterns. @throws Error where a larger one is asked for */
export function recordedThumbnails(recorded: RecordedAttention, size: number): Thumbnails {
  const { pooled, maximum, side } = recorded;
  if (!pooled) return pooledTriangles(maximum, side, size);
  const { thumbnails } = pooled;
  if (thumbnails.side > size) throw unanswered();
  return {
    size: thumbnails.side,
    block: thumbnails.block,
    maximum: squaresOf(thumbnails.maximum, thumbnails.side),
    mean: squaresOf(thumbnails.mean, thumbnails.side),
  };
}

/** Of triangles one after another, squares. */
function squaresOf(bytes: Uint8Array, side: number): Float32Array {
  const count = bytes.length / codedSize(triangleSize(side));
  const squares = new Float32Array(count * side ** 2);
  for (let at = 0; at < count; at++) {
    squares.set(rowsOfTriangle(triangleAt(bytes, at, side), 0, side), at * side ** 2);
  }
  return squares;
}

/** As the engine pools: blocks of 1, 2, 4, … tokens, of which key 0 does not count among the largest weights. */
function pooledTriangles(bytes: Uint8Array, tokens: number, size: number): Thumbnails {
  let block = 1;
  while (Math.ceil(tokens / block) > size) block *= 2;
  const side = Math.ceil(tokens / block);
  const heads = bytes.length / codedSize(triangleSize(tokens));
  const maximum = new Float32Array(heads * side ** 2);
  const mean = new Float32Array(heads * side ** 2);
  const extent = (index: number) => Math.min(block, tokens - index * block);
  for (let head = 0; head < heads; head++) {
    const triangle = triangleAt(bytes, head, tokens);
    for (let query = 0; query < tokens; query++) {
      for (let key = 0; key <= query; key++) {
        const [row, column] = [Math.floor(query / block), Math.floor(key / block)];
        const to = (head * side + row) * side + column;
        const weight = triangle[triangleSize(query) + key] ?? 0;
        if (key > 0) maximum[to] = Math.max(maximum[to] ?? 0, weight);
        mean[to] = (mean[to] ?? 0) + weight / (extent(row) * extent(column));
      }
    }
  }
  return { size: side, block, maximum, mean };
}
