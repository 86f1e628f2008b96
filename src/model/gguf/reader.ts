import { sentence, VitrineError } from '../../shared/errors';
import type { ByteSource } from '../checkpoint/byte-source';
import { HeaderCursor, MAX_LIST_ENTRIES } from './header-cursor';
import { GgufMetadata, type MetadataValue } from './metadata';
import { metadataValue } from './metadata-values';
import { metadataInCommonWords, tensorInCommonWords } from './ollama-words';
import { type GgufTensor, readTensorCount, readTensorIndex } from './tensor-index';

export type { GgufTensor };

/**
 * An open GGUF file: its header is in memory, its weights are not.
 * https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export interface GgufFile {
  path: string;
  /** In bytes. */
  size: number;
  version: number;
  metadata: GgufMetadata;
  tensors: ReadonlyMap<string, GgufTensor>;
  source: ByteSource;
}

const MAGIC = 'GGUF';
const MAGIC_BYTES = 4;
const SUPPORTED_VERSIONS = [2, 3];
const DEFAULT_ALIGNMENT = 32;
/** The specification allows 65,535, but nothing comes near, and errors quote keys. */
const MAX_KEY_BYTES = 256;
/** Key, type, value. */
const SMALLEST_PAIR_BYTES = 8 + 1 + 4 + 1;

/**
 * Reads a file's header, with a pause at every yield.
 *
 * @throws VitrineError whose code begins with `gguf.` and whose sentence names the file, the field and the reason.
 */
export function* ggufOf(source: ByteSource): Generator<undefined, GgufFile> {
  const { cursor, version, tensorCount, metadata, architecture } = yield* readHeader(source);
  const written = readTensorIndex(cursor, tensorCount, readAlignment(cursor, metadata));
  const tensors = new Map<string, GgufTensor>();
  for (const tensor of written.values()) {
    const name = tensorInCommonWords(tensor.name, architecture);
    if (name !== undefined) tensors.set(name, { ...tensor, name });
  }
  return { path: source.path, size: source.size, version, metadata, tensors, source };
}

/** What a file says about itself, without its tensors, with a pause at every yield. */
export function* readMetadata(source: ByteSource): Generator<undefined, GgufMetadata> {
  return (yield* readHeader(source)).metadata;
}

interface Header {
  /** At the first tensor's entry. */
  cursor: HeaderCursor;
  version: number;
  tensorCount: number;
  metadata: GgufMetadata;
  /** As the file names it. */
  architecture: unknown;
}

function* readHeader(source: ByteSource): Generator<undefined, Header> {
  refuseOtherFormats(source);
  const cursor = new HeaderCursor(source);
  cursor.bytes(MAGIC_BYTES);
  const version = readVersion(cursor);
  const tensorCount = readTensorCount(cursor);
  const pairs = yield* readPairs(cursor);
  const metadata = new GgufMetadata(source.path, metadataInCommonWords(pairs));
  return { cursor, version, tensorCount, metadata, architecture: pairs.get('general.architecture') };
}

function refuseOtherFormats(source: ByteSource): void {
  const start = source.read(0, Math.min(source.size, MAGIC_BYTES));
  if (Buffer.from(start).toString('latin1') !== MAGIC) {
    throw new VitrineError(
      'gguf.notGguf',
      sentence`${source.path} is not a GGUF file (it does not begin with the letters GGUF): choose a .gguf file, or the folder of a Hugging Face model.`,
    );
  }
}

function readVersion(cursor: HeaderCursor): number {
  cursor.field = sentence`the format version`;
  const version = cursor.u32();
  if (SUPPORTED_VERSIONS.includes(version)) {
    return version;
  }
  const { path } = cursor.source;
  if (SUPPORTED_VERSIONS.includes(Buffer.from(Uint32Array.of(version).buffer).readUInt32BE())) {
    throw new VitrineError('gguf.bigEndian', sentence`${path} is a big-endian GGUF file: choose a little-endian one.`);
  }
  throw new VitrineError(
    'gguf.version',
    sentence`${path} is GGUF version ${version}, and Vitrine reads ${SUPPORTED_VERSIONS.join(' and ')}: convert it with a current converter.`,
  );
}

/** @throws VitrineError `gguf.duplicate` where a key appears twice, and what `metadataValue` throws. */
function* readPairs(cursor: HeaderCursor): Generator<undefined, Map<string, MetadataValue>> {
  cursor.field = sentence`the metadata count`;
  const count = cursor.count(SMALLEST_PAIR_BYTES, MAX_LIST_ENTRIES);
  const values = new Map<string, MetadataValue>();
  while (values.size < count) {
    cursor.field = sentence`metadata key ${values.size}`;
    const key = cursor.name(MAX_KEY_BYTES);
    cursor.field = sentence`the metadata key ${key}`;
    if (values.has(key)) {
      throw cursor.error('gguf.duplicate', sentence`appears twice`);
    }
    values.set(key, yield* metadataValue(cursor));
  }
  return values;
}

function readAlignment(cursor: HeaderCursor, metadata: GgufMetadata): number {
  const alignment = metadata.optionalNumber('general.alignment') ?? DEFAULT_ALIGNMENT;
  if (!Number.isInteger(Math.log2(alignment)) || alignment < 1) {
    cursor.field = sentence`the metadata key general.alignment`;
    throw cursor.error('gguf.alignment', sentence`is ${alignment}, which is no power of two`);
  }
  return alignment;
}
