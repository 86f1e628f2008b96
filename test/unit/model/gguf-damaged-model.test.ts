import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../src/model/checkpoint/byte-source';
import type { GgufFile } from '../../../src/model/gguf/reader';
import { VitrineError } from '../../../src/shared/errors';
import { closeGguf, openGguf, readGguf } from '../../support/gguf-file';
import { embeddedModel } from '../../support/gguf-fixtures';

describe('the embedded model, damaged', () => {
  const healthy = openGguf(embeddedModel);
  const headerBytes = Math.min(...[...healthy.tensors.values()].map(({ offset }) => offset));
  const healthyMemory = process.resourceUsage().maxRSS;
  afterAll(() => closeGguf(healthy));

  test('is refused when cut off at 100 places', () => {
    const anywhere = fc.oneof(fc.nat(headerBytes), fc.nat(healthy.size - 1));
    fc.assert(
      fc.property(anywhere, (size) => {
        expect(() => readGguf({ ...healthy.source, size })).toThrow(VitrineError);
      }),
      { numRuns: 100 },
    );
  });

  test('opens or is refused with 500 bytes of the header changed, one at a time', { timeout: 180_000 }, () => {
    // Most of the header is the vocabulary; half of the changes are kept for the rest.
    const indexBytes = 20_000;
    const place = fc.oneof(
      fc.nat(2_000),
      fc.integer({ min: headerBytes - indexBytes, max: headerBytes - 1 }),
      fc.nat(headerBytes - 1),
      fc.nat(headerBytes - 1),
    );
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const file = openedOrRefused(withByteChanged(healthy.source, at, mask));
        const ends = [...(file?.tensors.values() ?? [])].map(({ offset, byteLength }) => offset + byteLength);
        expect(Math.max(...ends)).toBeLessThanOrEqual(healthy.size);
      }),
      { numRuns: 500 },
    );
  });

  test('takes no more than 500 MB beyond a healthy run, whatever was tried above', () => {
    const grownKilobytes = process.resourceUsage().maxRSS - healthyMemory;
    expect(grownKilobytes).toBeLessThan(500_000);
  });
});

function withByteChanged(source: ByteSource, at: number, mask: number): ByteSource {
  return {
    ...source,
    read(position, length) {
      const bytes = source.read(position, length);
      if (at >= position && at < position + length) {
        bytes[at - position] = (bytes[at - position] ?? 0) ^ mask;
      }
      return bytes;
    },
  };
}

/** Anything but a VitrineError is a failure. */
function openedOrRefused(source: ByteSource): GgufFile | undefined {
  try {
    return readGguf(source);
  } catch (error) {
    expect(error).toBeInstanceOf(VitrineError);
    return undefined;
  }
}
