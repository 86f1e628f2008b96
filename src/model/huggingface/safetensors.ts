import { isUtf8 } from 'node:buffer';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import { BATCH } from '../../tokenizer/batch';
import type { ByteSource } from '../checkpoint/byte-source';
import { parseJson } from './json';
import { type SafetensorsEntry, safetensorsEntry } from './safetensors-entry';

const LENGTH_BYTES = 8;
/** As in Hugging Face's own reader. */
const LARGEST_HEADER = 100_000_000;

/** A tensor of a safetensors file, whatever its type. */
export interface SafetensorsTensor extends SafetensorsEntry {
  name: string;
  /** In bytes from the start of the file. */
  offset: number;
  source: ByteSource;
}

/**
 * The tensors of a safetensors file, with a pause at every yield: a u64 with the length of the header, a header in JSON, the
 * tensors' bytes without gaps. https://huggingface.co/docs/safetensors: "Format"
 *
 * @throws VitrineError `safetensors.header` or `safetensors.tensor` where a header cannot be true.
 */
export function* safetensorsOf(source: ByteSource): Generator<undefined, SafetensorsTensor[]> {
  const refuse = (code: string) => (reason: Sentence) =>
    new VitrineError(code, sentence`${source.path} is damaged: ${reason}. Get it again.`);
  const dataStart = LENGTH_BYTES + headerLength(source, refuse('safetensors.header'));
  const header = yield* readHeader(source, dataStart, refuse('safetensors.header'));
  const tensors: SafetensorsTensor[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (tensors.length % BATCH === 0) yield;
    if (name === '__metadata__') continue;
    const entry = safetensorsEntry(name, value, refuse('safetensors.tensor'));
    tensors.push({ ...entry, name, offset: dataStart + entry.begin, source });
  }
  refuseGaps(tensors, source.size - dataStart, refuse('safetensors.tensor'));
  return tensors;
}

type Refuse = (reason: Sentence) => Error;

function headerLength(source: ByteSource, refuse: Refuse): number {
  if (source.size < LENGTH_BYTES) throw refuse(sentence`it has fewer than 8 bytes`);
  const bytes = source.read(0, LENGTH_BYTES);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > Math.min(LARGEST_HEADER, source.size - LENGTH_BYTES)) {
    throw refuse(sentence`its header claims a length of ${{ bytes: length }}, which cannot be`);
  }
  return length;
}

function* readHeader(source: ByteSource, end: number, refuse: Refuse) {
  const bytes = source.read(LENGTH_BYTES, end - LENGTH_BYTES);
  if (!isUtf8(bytes)) throw refuse(sentence`its header is no text`);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  const header = yield* parseJson(text, (reason) => refuse(sentence`its header cannot be read: ${reason}`));
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw refuse(sentence`its header is no JSON object`);
  }
  return header;
}

/** The tensors' bytes fill the file: what lay beside them, nobody would see. */
function refuseGaps(tensors: readonly SafetensorsTensor[], dataBytes: number, refuse: Refuse): void {
  let end = 0;
  let previous = '';
  for (const { name, begin, byteLength } of tensors.toSorted(
    (a, b) => a.begin - b.begin || a.byteLength - b.byteLength,
  )) {
    if (begin < end) throw refuse(sentence`the tensor ${name} overlaps the tensor ${previous}`);
    if (begin > end) throw refuse(sentence`there is a gap before the tensor ${name}`);
    end += byteLength;
    previous = name;
  }
  if (end > dataBytes) throw refuse(sentence`the tensor ${previous} reaches past the end of the file`);
  if (end < dataBytes) throw refuse(sentence`there are bytes after its last tensor`);
}
