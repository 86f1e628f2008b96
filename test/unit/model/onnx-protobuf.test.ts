import { expect, test } from 'vitest';
import { ProtobufWriter } from '../../../src/model/onnx/protobuf';

// The bytes are those of the examples in https://protobuf.dev/programming-guides/encoding, or follow its tables.
test.each<[string, (writer: ProtobufWriter) => void, string]>([
  ['an integer', (w) => w.int(1, 150), '08 96 01'],
  ['zero', (w) => w.int(1, 0), '08 00'],
  ['the last integer of one byte', (w) => w.int(1, 127), '08 7f'],
  ['the first integer of two bytes', (w) => w.int(1, 128), '08 80 01'],
  ['an integer past 32 bits', (w) => w.int(1, 2 ** 53 - 1), '08 ff ff ff ff ff ff ff 0f'],
  ['a negative integer', (w) => w.int(1, -2), '08 fe ff ff ff ff ff ff ff ff 01'],
  ['a field number past 15', (w) => w.int(20, 1), 'a0 01 01'],
  ['a float', (w) => w.float(2, 1), '15 00 00 80 3f'],
  ['a text', (w) => w.string(2, 'testing'), '12 07 74 65 73 74 69 6e 67'],
  ['a text beyond ASCII', (w) => w.string(2, 'ó'), '12 02 c3 b3'],
  ['an empty text', (w) => w.string(2, ''), '12 00'],
  ['bytes', (w) => w.bytes(3, Uint8Array.of(0, 255)), '1a 02 00 ff'],
  ['a message in a message', (w) => w.message(3, (inner) => inner.int(1, 150)), '1a 03 08 96 01'],
  ['packed integers', (w) => w.ints(6, [3, 270, 86942]), '32 06 03 8e 02 9e a7 05'],
  ['no integers', (w) => w.ints(6, []), '32 00'],
  [
    'fields in the order of the calls',
    (w) => {
      w.int(2, 1);
      w.int(1, 2);
    },
    '10 01 08 02',
  ],
])('%s', (_, write, bytes) => {
  expect(Buffer.from(ProtobufWriter.message(write)).toString('hex')).toBe(bytes.replaceAll(' ', ''));
});
