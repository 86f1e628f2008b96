import { single } from '../../recording/single';
import { listPieces } from '../json-pieces';

/** The sizes of what an array's first dimension counts, as in [layer, position, 10] [position, 10]; none for a list of numbers. */
export type InnerSizes = readonly number[];

/** Of an object of an answer the arrays that are more than a list; of an answer that is an array, under the empty name. */
export type SizesOf = (object: Record<string, unknown>) => Record<string, InnerSizes>;

/**
 * An answer as JSON, in pieces: arrays are nested as they are shaped, with the digits that tell one float32 from every
 * other. What is no number is null, as what is undefined.
 */
export function* answerPieces(answer: unknown, sizesOf: SizesOf): Generator<string> {
  if (ArrayBuffer.isView(answer)) yield* arrayPieces(answer as Float32Array, sizesOf({})['']);
  else if (Array.isArray(answer)) yield* listPieces(answer, (item) => answerPieces(item, sizesOf));
  else if (typeof answer === 'object' && answer !== null)
    yield* memberPieces(answer as Record<string, unknown>, sizesOf);
  else yield JSON.stringify(answer ?? null);
}

function* memberPieces(object: Record<string, unknown>, sizesOf: SizesOf): Generator<string> {
  const sizes = sizesOf(object);
  let before = '{';
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    if (ArrayBuffer.isView(value)) yield* arrayPieces(value as Float32Array, sizes[name]);
    else yield* answerPieces(value, sizesOf);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

function* arrayPieces(array: Float32Array | Uint32Array, [...sizes]: InnerSizes = []): Generator<string> {
  const [, ...inner] = sizes;
  const length = sizes.reduce((product, size) => product * size, 1);
  if (sizes.length === 0)
    yield JSON.stringify(array instanceof Float32Array ? Array.from(array, single) : Array.from(array));
  else yield* listPieces(partsOf(array, length), (part) => arrayPieces(part, inner));
}

function* partsOf<T extends Float32Array | Uint32Array>(array: T, length: number): Generator<T> {
  for (let from = 0; length > 0 && from < array.length; from += length) yield array.subarray(from, from + length) as T;
}
