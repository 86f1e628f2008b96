import { sentence, VitrineError } from '../../shared/errors';
import {
  byteLengthOf,
  GGML_TYPE_NAMES,
  TENSOR_TYPES,
  type TensorType,
  tensorTypeOfId,
  unsupportedTypeName,
} from '../tensors/tensor-types';
import { type HeaderCursor, MAX_LIST_ENTRIES } from './header-cursor';

export interface GgufTensor {
  name: string;
  type: TensorType;
  /** Row-major, the reverse of GGUF's order: a matrix is [output, input]. */
  shape: number[];
  elementCount: number;
  /** In bytes from the start of the file. */
  offset: number;
  byteLength: number;
}

const MAX_DIMENSIONS = 4;
const MAX_NAME_BYTES = 64;
/** Name, number of dimensions, one dimension, type, offset. */
const SMALLEST_ENTRY_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

/** A u64 count of tensors, as the header states it before the metadata. */
export function readTensorCount(cursor: HeaderCursor): number {
  cursor.field = sentence`the tensor count`;
  return cursor.count(SMALLEST_ENTRY_BYTES, MAX_LIST_ENTRIES);
}

/**
 * The tensors' entries, by name, each checked against the file and against the others. No weight is read.
 *
 * @param alignment of the tensors' data, in bytes.
 * @throws VitrineError `gguf.duplicate`, `gguf.shape`, `gguf.type`, `gguf.alignment`, `gguf.outside` or `gguf.overlap`.
 */
export function readTensorIndex(cursor: HeaderCursor, count: number, alignment: number): Map<string, GgufTensor> {
  const entries = readEntries(cursor, count);
  const dataStart = Math.ceil(cursor.position / alignment) * alignment;
  const tensors = [...entries.values()].map((entry) => placeInFile(cursor, entry, dataStart, alignment));
  refuseOverlap(cursor, tensors);
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}

/** Their offsets are still counted from the start of the data, which is known only after the last entry. */
function readEntries(cursor: HeaderCursor, count: number): Map<string, GgufTensor> {
  const entries = new Map<string, GgufTensor>();
  while (entries.size < count) {
    cursor.field = sentence`tensor ${entries.size}`;
    const entry = readEntry(cursor);
    if (entries.has(entry.name)) {
      throw cursor.error('gguf.duplicate', sentence`appears twice`);
    }
    entries.set(entry.name, entry);
  }
  return entries;
}

function readEntry(cursor: HeaderCursor): GgufTensor {
  const name = cursor.name(MAX_NAME_BYTES);
  cursor.field = sentence`the tensor ${name}`;
  const shape = readShape(cursor);
  const elementCount = shape.reduce((product, dimension) => product * dimension, 1);
  const type = readType(cursor, name);
  const { blockElements } = TENSOR_TYPES[type];
  const rowElements = shape.at(-1) ?? 0;
  if (rowElements % blockElements !== 0) {
    throw cursor.error(
      'gguf.shape',
      sentence`has rows of ${rowElements} weights, but ${type} comes in blocks of ${blockElements}`,
    );
  }
  return { name, type, shape, elementCount, offset: cursor.u64(), byteLength: byteLengthOf(type, elementCount) };
}

function readShape(cursor: HeaderCursor): number[] {
  const dimensions = cursor.u32();
  if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
    throw cursor.error('gguf.shape', sentence`has ${dimensions} dimensions, where 1 to ${MAX_DIMENSIONS} are allowed`);
  }
  const shape = Array.from({ length: dimensions }, () => cursor.u64()).reverse();
  if (shape.includes(0)) {
    throw cursor.error('gguf.shape', sentence`has a dimension of 0`);
  }
  return shape;
}

function readType(cursor: HeaderCursor, tensor: string): TensorType {
  const id = cursor.u32();
  const type = tensorTypeOfId(id);
  if (type === undefined) {
    throw new VitrineError(
      'gguf.type',
      sentence`${cursor.source.path} stores the tensor ${tensor} as ${unsupportedTypeName(id)}; Vitrine reads ${GGML_TYPE_NAMES.join(', ')}: choose a file in one of these.`,
    );
  }
  return type;
}

function placeInFile(cursor: HeaderCursor, entry: GgufTensor, dataStart: number, alignment: number): GgufTensor {
  cursor.field = sentence`the tensor ${entry.name}`;
  if (entry.offset % alignment !== 0) {
    throw cursor.error(
      'gguf.alignment',
      sentence`begins at ${String(entry.offset)}, which is no multiple of ${alignment}`,
    );
  }
  const offset = dataStart + entry.offset;
  if (offset + entry.byteLength > cursor.source.size) {
    throw cursor.error('gguf.outside', sentence`reaches past the end of the file`);
  }
  return { ...entry, offset };
}

function refuseOverlap(cursor: HeaderCursor, tensors: readonly GgufTensor[]): void {
  let previous: GgufTensor | undefined;
  for (const tensor of tensors.toSorted((a, b) => a.offset - b.offset)) {
    if (previous !== undefined && tensor.offset < previous.offset + previous.byteLength) {
      cursor.field = sentence`the tensor ${tensor.name}`;
      throw cursor.error('gguf.overlap', sentence`overlaps the tensor ${previous.name}`);
    }
    previous = tensor;
  }
}
