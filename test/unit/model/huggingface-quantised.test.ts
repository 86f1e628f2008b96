import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { dequantize } from '../../../src/model/tensors/dequantize';

/** What test/fixtures/huggingface/make.py made. */
const folder = 'test/fixtures/huggingface/quantised';
const expected: Record<string, { shape: number[]; weights: string }> = JSON.parse(
  readFileSync(`${folder}/weights.json`, 'utf8'),
);
const floats = (base64: string) => new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);

test("float8 with scales and MXFP4 are one tensor each, and equal transformers' weights bit for bit", () => {
  const checkpoint = openCheckpoint(folder);
  expect([...checkpoint.tensors.keys()].sort()).toEqual(Object.keys(expected).sort());
  for (const tensor of checkpoint.tensors.values()) {
    const { shape, weights } = expected[tensor.name] ?? expect.fail(tensor.name);
    expect(tensor.shape).toEqual(shape);
    const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
    // In two parts, so that neither begins where the tensor does.
    const parts = [tensor.rows(0, 1), tensor.rows(1, rows - 1)].map((part) => [...part]);
    expect(parts.flat().map(withoutSignOfZero), tensor.name).toEqual([...floats(weights)].map(withoutSignOfZero));
  }
  checkpoint.close();
});

test('the blocks of MXFP4 are as GGUF has them', () => {
  const checkpoint = openCheckpoint(folder);
  const name = 'model.layers.0.mlp.experts.gate_up_proj';
  const tensor = checkpoint.tensors.get(name) ?? expect.fail();
  expect(tensor.type).toBe('MXFP4');
  const weights = new Float32Array(3 * 64);
  dequantize('MXFP4', tensor.blocks(5, 3), weights);
  expect([...weights]).toEqual([...floats(expected[name]?.weights ?? '').subarray(5 * 64)].map(withoutSignOfZero));
  checkpoint.close();
});

/** GGML's FP4 has one zero. */
const withoutSignOfZero = (weight: number) => weight + 0;
