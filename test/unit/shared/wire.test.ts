import { describe, expect, it } from 'vitest';
import { fromWire, toWire } from '../../../src/shared/wire';

/** The way of the editor's messages: JSON, with every buffer beside it. */
function cross(value: unknown): unknown {
  const beside: unknown[] = [];
  const isBinary = (part: unknown) => part instanceof ArrayBuffer || ArrayBuffer.isView(part);
  const json = JSON.stringify(toWire(value), (_, part) => (isBinary(part) ? { beside: beside.push(part) - 1 } : part));
  const received = JSON.parse(json, (_, part) => (part?.beside === undefined ? part : beside[part.beside]));
  return fromWire(received);
}

describe('what crosses between the editor and a webview', () => {
  it.each([
    ['nothing', undefined],
    ['a change to nothing', { subject: undefined, reading: { kind: 'empty' } }],
    ['nothing in a list', [1, undefined, 2]],
    ['no number', { induction: Number.NaN, first: 0.5 }],
    ['numbers without end', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['null, text and truth', [null, 'NaN', true, '']],
    ['numbers in an array', { logprob: Float32Array.of(Number.NaN, -1.5), ids: Uint32Array.of(7) }],
  ])('arrives as it was: %s', (_, value) => expect(cross(value)).toStrictEqual(value));

  it('brings an error with its sentence', () => {
    const [error] = cross([new TypeError('There is no text in front.')]) as Error[];
    expect(error).toBeInstanceOf(Error);
    expect(error?.message).toBe('There is no text in front.');
  });

  it('takes of a large buffer only the part that is meant', () => {
    const view = new Float32Array(1000).fill(2).subarray(10, 12);
    const sent = toWire(view) as Float32Array;
    expect(sent).toEqual(Float32Array.of(2, 2));
    expect(sent.buffer.byteLength).toBe(8);
  });
});
