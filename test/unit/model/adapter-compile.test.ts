import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { compileModel } from '../../../src/model/compile';
import { adapterFolder, QUERY } from '../../support/adapter-folder';
import { temporaryFolder } from '../../support/temporary-folder';
import { writeGguf } from '../../support/write-gguf';

const FIXTURES = fileURLToPath(new URL('../../fixtures/architectures/', import.meta.url));
const LLAMA = join(FIXTURES, 'llama-biases/hf');
const Q4_0 = join(FIXTURES, 'llama-q4-0/model.gguf');
const NAME = 'blk.0.attn_v.weight';
const ALPHA = 3;

/** A LoRA of rank 2 on one matrix, as llama.cpp has it, with its matrices. */
function ggufAdapter() {
  const checkpoint = openCheckpoint(Q4_0);
  const { shape } = checkpoint.tensors.get(NAME) as { shape: readonly number[] };
  checkpoint.close();
  const [rows = 0, width = 0] = shape;
  const a = Float32Array.from({ length: 2 * width }, (_, i) => Math.sin(i));
  const b = Float32Array.from({ length: rows * 2 }, (_, i) => Math.cos(3 * i));
  const path = join(temporaryFolder(), 'adapter.gguf');
  const metadata = {
    'general.architecture': 'llama',
    'general.type': 'adapter',
    'general.name': 'Poet',
    'adapter.type': 'lora',
    'adapter.lora.alpha': Float32Array.of(ALPHA)[0] as number,
  };
  const tensors = [
    { name: `${NAME}.lora_a`, type: 'F32' as const, shape: [2, width], data: a },
    { name: `${NAME}.lora_b`, type: 'F32' as const, shape: [rows, 2], data: b },
  ];
  writeFileSync(path, writeGguf({ metadata, tensors }));
  return { path, a, b, rows, width };
}

test('a matrix that an adapter changes is float32 and exact, and the others stay packed', async () => {
  const { path: adapter, a, b, rows, width } = ggufAdapter();
  const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
  const { weights, weightsFolder } = await compileModel(Q4_0, { adapter, cache, weights: 'packed' });
  expect(weights.get('layer.0.value')?.packed).toBeUndefined();
  expect(weights.get('layer.0.output')?.packed).toBe('Q4_0');

  const { offset = 0, byteLength = 0 } = weights.get('layer.0.value')?.parts[0] ?? {};
  const file = readFileSync(join(weightsFolder, 'weights.bin'));
  const merged = new Float32Array(file.buffer.slice(file.byteOffset + offset, file.byteOffset + offset + byteLength));
  const checkpoint = openCheckpoint(Q4_0);
  const base = checkpoint.tensors.get(NAME)?.rows(0, rows) as Float32Array;
  checkpoint.close();
  for (let i = 0; i < rows * width; i++) {
    const [row, column] = [Math.floor(i / width), i % width];
    const [b0, b1, a0, a1] = [b[2 * row], b[2 * row + 1], a[column], a[width + column]] as [
      number,
      number,
      number,
      number,
    ];
    expect(merged[i]).toBe(Math.fround((base[i] as number) + (ALPHA / 2) * (b0 * a0 + b1 * a1)));
  }
});

test('an adapter is a part of the model’s name and identity', async () => {
  const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
  const bare = await compileModel(LLAMA, { cache });
  const adapter = adapterFolder({ base_model_name_or_path: 'who/Other-1B' });
  const merged = await compileModel(LLAMA, { adapter, cache });
  expect(merged.config.name).toMatch(new RegExp(`^${bare.config.name} \\+ .`));
  expect(merged.config.vocabularyName).toBe(bare.config.name);
  expect(merged.config.notes).toContainEqual(expect.objectContaining({ values: ['who/Other-1B'] }));
  expect(merged.sha256).toMatch(new RegExp(`^${bare.sha256}\\+[0-9a-f]{64}$`));
  expect((await compileModel(LLAMA, { cache })).seconds).toBe(0);
  expect((await compileModel(LLAMA, { adapter, cache })).seconds).toBe(0);

  writeFileSync(join(adapter, 'adapter_config.json'), JSON.stringify({ peft_type: 'LORA', r: 2, lora_alpha: 8 }));
  const changed = await compileModel(LLAMA, { adapter, cache });
  expect(changed.key).not.toBe(merged.key);
  expect(changed.seconds).toBeGreaterThan(0);
});

test('a weight of an adapter that is no number is told of the adapter', async () => {
  const nan = { dtype: 'F32', shape: [2, 32], data: new Float32Array(64).fill(Number.NaN) };
  const zeros = { dtype: 'F32', shape: [32, 2], data: new Float32Array(64) };
  const adapter = adapterFolder({}, { [`${QUERY}.lora_A.weight`]: nan, [`${QUERY}.lora_B.weight`]: zeros });
  const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
  await expect(compileModel(LLAMA, { adapter, cache })).rejects.toMatchObject({
    code: 'adapter.notFinite',
    message: expect.stringContaining(adapter),
  });
});
