/**
 * The part of the Protocol Buffers wire format that a writer of ONNX files needs.
 * https://protobuf.dev/programming-guides/encoding
 */
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** One message being written: fields in the order of the calls. */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = [];

  /** A message's bytes, after `write` has filled it. */
  static message(write: (writer: ProtobufWriter) => void): Uint8Array {
    const writer = new ProtobufWriter();
    write(writer);
    return Buffer.concat(writer.#parts);
  }

  int(field: number, value: number): void {
    this.#parts.push(varint(field * 8 + VARINT), varint(value));
  }

  float(field: number, value: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    this.#parts.push(varint(field * 8 + FIXED32), bytes);
  }

  string(field: number, value: string): void {
    this.bytes(field, Buffer.from(value, 'utf8'));
  }

  bytes(field: number, value: Uint8Array): void {
    this.#parts.push(varint(field * 8 + LENGTH_DELIMITED), varint(value.length), value);
  }

  /** A packed repeated integer field. */
  ints(field: number, values: readonly number[]): void {
    this.bytes(field, Buffer.concat(values.map(varint)));
  }

  message(field: number, write: (writer: ProtobufWriter) => void): void {
    this.bytes(field, ProtobufWriter.message(write));
  }
}

/** An integer in base 128, lowest digits first; a negative one is its 64-bit two's complement. */
function varint(value: number): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
