import { setImmediate } from 'node:timers/promises';
import type { CheckpointTensor } from '../../model/checkpoint/checkpoint';
import { openCheckpoint } from '../../model/checkpoint/open';
import { sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import { checkIndex } from '../ranges';

/** Numbers that are read at a time. */
const PIECE_ELEMENTS = 2 ** 20;

/** Where the model and an adapter that is merged into it lie. */
export interface ModelSource {
  path: string;
  adapter: string | undefined;
}

/** A matrix of a model's file; a vector is one of one row. */
export interface FileMatrix {
  rows: number;
  columns: number;
  /** `count` rows from row `first` on, row after row. */
  read(first: number, count: number): Float32Array;
}

/**
 * Works with a matrix as the model has it, its file's numbers or those with an adapter.
 *
 * @param number of a tensor of several matrices, which of them
 * @throws VitrineError `request.range` where there is no such matrix; as `withTensor`
 */
export function withMatrix<T>(
  source: ModelSource,
  { name, number }: { name: string; number: number },
  work: (matrix: FileMatrix) => Promise<T>,
): Promise<T> {
  return withTensor(source, name, (tensor) => work(matrixOf(tensor, number)));
}

/** @throws VitrineError `request.range` where there is no such tensor; as `openCheckpoint` where the file is no longer the model */
export async function withTensor<T>(
  { path, adapter }: ModelSource,
  name: string,
  work: (tensor: CheckpointTensor) => T | Promise<T>,
): Promise<T> {
  const checkpoint = openCheckpoint(path, adapter);
  try {
    const tensor = checkpoint.tensors.get(name);
    if (!tensor)
      throw new VitrineError(
        'request.range',
        sentence`${path} has no tensor ${name}. Ask for one of those that it has.`,
      );
    return await work(tensor);
  } finally {
    checkpoint.close();
  }
}

function matrixOf(tensor: CheckpointTensor, number: number): FileMatrix {
  const { shape, elementCount } = tensor;
  const columns = shape.at(-1) ?? 1;
  const rows = shape.at(-2) ?? 1;
  checkIndex(sentence`matrix`, number, elementCount / (rows * columns));
  return { rows, columns, read: (first, count) => tensor.rows(number * rows + first, count) };
}

/** Rows of a matrix, a piece after another. @param together every piece but the last has a multiple of so many rows */
export async function* piecesOf(
  { rows, columns, read }: FileMatrix,
  together: number,
  { signal, progress }: Work,
): AsyncGenerator<{ first: number; values: Float32Array }> {
  const step = together * Math.max(1, Math.floor(PIECE_ELEMENTS / (together * columns)));
  for (let first = 0; first < rows; first += step) {
    progress(first, rows);
    // Reading blocks the thread: between two pieces, a request to cancel gets in.
    await setImmediate();
    signal.throwIfAborted();
    yield { first, values: read(first, Math.min(step, rows - first)) };
  }
}
