import { ARCHITECTURE, directionName, LAYER_COUNT, MODEL_HINT, type SteeredModel } from './control-vector';

const VERSION = 3;
/** Of the types of values, and of tensors. */
const UINT32 = 4;
const STRING = 8;
const F32 = 0;
/** Of the data of tensors, in bytes: what readers take where a file names none. */
const ALIGNMENT = 32;

/** A control vector as a GGUF file. @param values [L, C] @param family what GGUF calls the model's */
export function writeControlVector(
  values: Float32Array,
  { numHiddenLayers, hiddenSize }: Pick<SteeredModel, 'numHiddenLayers' | 'hiddenSize'>,
  family: string,
): Uint8Array {
  const layers = Array.from({ length: numHiddenLayers - 1 }, (_, i) => i + 1);
  const metadata = [
    [text('general.architecture'), u32(STRING), text(ARCHITECTURE)],
    [text(MODEL_HINT), u32(STRING), text(family)],
    [text(LAYER_COUNT), u32(UINT32), u32(layers.length)],
  ];
  const room = aligned(hiddenSize * Float32Array.BYTES_PER_ELEMENT);
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(VERSION),
    u64(layers.length),
    u64(metadata.length),
    ...metadata.flat(),
    ...layers.flatMap((layer, i) => [text(directionName(layer)), u32(1), u64(hiddenSize), u32(F32), u64(i * room)]),
  ]);
  const start = aligned(header.length);
  const file = Buffer.alloc(start + layers.length * room);
  file.set(header);
  for (const [i, layer] of layers.entries()) {
    for (let at = 0; at < hiddenSize; at++) {
      file.writeFloatLE(
        values[layer * hiddenSize + at] as number,
        start + i * room + at * Float32Array.BYTES_PER_ELEMENT,
      );
    }
  }
  return new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
}

const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** Its length in bytes, and then itself. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([u64(bytes.length), bytes]);
}
