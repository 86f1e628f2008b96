import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directionsOf, type Method } from '../../src/engine/directions/directions';
import { readLast } from '../../src/engine/directions/read-last';
import { LoadedModel } from '../../src/engine/loaded-model';
import { readControlVector } from '../../src/model/control-vectors/read';
import { writeControlVector } from '../../src/model/control-vectors/write';
import type { ModelInfo } from '../../src/shared/engine-api';
import { ARCHITECTURE_CASES, type ArchitectureCase } from '../support/architecture-cases';
import { largestDifference } from '../support/compare';
import { TASK, useArchitecture } from '../support/load-architecture';
import { temporaryFolder } from '../support/temporary-folder';
import { type WritableTensor, type WritableValue, writeGguf } from '../support/write-gguf';

/* Directions by PyTorch and numpy, and a file of them by Python's gguf: test/fixtures/steering/make.py. */

const folder = fileURLToPath(new URL('../fixtures/steering/', import.meta.url));
const FILE = join(folder, 'control.gguf');
const golden = JSON.parse(readFileSync(join(folder, 'directions.json'), 'utf8')) as {
  case: string;
  positive: string[];
  negative: string[];
  layers: number[];
  mean: number[][];
  pca: number[][];
  mean_separations: number[];
  pca_separations: number[];
};
const WIDTH = (golden.pca[0] as number[]).length;
const MODEL = {
  name: 'Olmo',
  families: ['olmo2', 'olmo3'],
  numHiddenLayers: golden.layers.length + 1,
  hiddenSize: WIDTH,
};

describe('directions of pairs of texts', () => {
  const use = useArchitecture(ARCHITECTURE_CASES.find(({ name }) => name === golden.case) as ArchitectureCase);

  test.each(['mean', 'pca'] as const)('by %s are those of PyTorch', async (method: Method) => {
    const { model, sessions } = use.loaded;
    const loaded = new LoadedModel(model, sessions, {} as ModelInfo, 1e9, undefined, undefined);
    const told: number[] = [];
    const task = { ...TASK, progress: (done: number) => void told.push(done) };
    const [positive, negative] = [
      await readLast(loaded, golden.positive, task),
      await readLast(loaded, golden.negative, TASK),
    ];
    const { values, separations } = await directionsOf(positive, negative, method);
    expect(values.subarray(0, WIDTH)).toEqual(new Float32Array(WIDTH));
    expect(largestDifference(values.subarray(WIDTH), golden[method].flat())).toBeLessThan(1e-4);
    expect(largestDifference(separations, [0, ...golden[`${method}_separations`]])).toBeLessThan(1e-4);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  test('by principal components are eigenvectors, of many pairs too', async () => {
    const [pairs, width] = [150, 160];
    const noise = (pair: number, i: number) => Math.sin(12.9898 * (pair + 1) * (i + 1) + 78.233 * i);
    const differences = Array.from({ length: pairs }, (_, pair) =>
      Float64Array.from({ length: width }, (_, i) => 5 + 0.98 ** i * noise(pair, i)),
    );
    const zeros = Array.from({ length: pairs }, () => new Float64Array(width));
    const { values } = await directionsOf([zeros, differences], [zeros, zeros], 'pca');
    const direction = values.subarray(width);
    const mean = direction.map((_, i) => differences.reduce((sum, one) => sum + (one[i] as number), 0) / pairs);
    const applied = new Float64Array(width);
    for (const one of differences) {
      const centred = one.map((value, i) => value - (mean[i] as number));
      const along = centred.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
      for (let i = 0; i < width; i++) applied[i] = (applied[i] as number) + along * (centred[i] as number);
    }
    const most = Math.hypot(...applied);
    expect(
      largestDifference(
        applied.map((value) => value / most),
        direction,
      ),
    ).toBeLessThan(1e-5);
    expect(Math.hypot(...direction)).toBeCloseTo(1, 5);
  });
});

describe('a control vector', () => {
  test("that Python's gguf wrote is read, and written byte for byte as it wrote it", () => {
    const { values, note } = readControlVector(FILE, MODEL);
    expect(note).toBeUndefined();
    expect(largestDifference(values, [...Array(WIDTH).fill(0), ...golden.pca.flat()])).toBeLessThan(1e-6);
    expect(Buffer.from(writeControlVector(values, MODEL, 'olmo3'))).toEqual(readFileSync(FILE));
  });

  test('of another family that is as wide comes with a note', () => {
    const { note } = readControlVector(FILE, { ...MODEL, families: ['llama'] });
    expect(note?.values).toEqual(['olmo3', 'Olmo']);
  });

  test.each<[string, Partial<typeof MODEL>, string]>([
    ['a model of another width', { hiddenSize: WIDTH + 1 }, 'controlVector.width'],
    ['a model of fewer layers', { numHiddenLayers: 3 }, 'controlVector.layers'],
  ])('for %s is refused', (_, change, code) => {
    expect(() => readControlVector(FILE, { ...MODEL, ...change })).toThrow(expect.objectContaining({ code }));
  });

  const direction = (change: Partial<WritableTensor> = {}): WritableTensor => ({
    name: 'direction.1',
    type: 'F32',
    shape: [WIDTH],
    data: new Float32Array(WIDTH),
    ...change,
  });
  test.each<[string, WritableTensor[], Record<string, WritableValue>]>([
    ['no direction', [], {}],
    ['a direction of the first layer', [direction({ name: 'direction.0' })], {}],
    ['a tensor that is none', [direction({ name: 'blk.1.attn_q.weight' })], {}],
    ['a matrix', [direction({ shape: [2, WIDTH / 2] })], {}],
    ['half precision', [direction({ type: 'F16', data: new Uint8Array(2 * WIDTH) })], {}],
    ['no numbers', [direction({ data: new Float32Array(WIDTH).fill(Number.NaN) })], {}],
    ['a model', [direction()], { 'general.architecture': 'llama' }],
    ['a hint that is no text', [direction()], { 'controlvector.model_hint': 3 }],
  ])('with %s is refused', (_, tensors, metadata) => {
    const path = join(temporaryFolder(), 'control.gguf');
    writeFileSync(path, writeGguf({ metadata: { 'general.architecture': 'controlvector', ...metadata }, tensors }));
    expect(() => readControlVector(path, MODEL)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(controlVector|gguf)\./) }),
    );
  });

  test('that is cut off or has other bytes somewhere is read or refused in a sentence', () => {
    const whole = readFileSync(FILE);
    const path = join(temporaryFolder(), 'control.gguf');
    const damage = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), length: fc.nat(whole.length) });
    fc.assert(
      fc.property(damage, ({ at, byte, length }) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        writeFileSync(path, bytes.subarray(0, Math.max(1, length)));
        try {
          expect(readControlVector(path, MODEL).values).toHaveLength(MODEL.numHiddenLayers * WIDTH);
        } catch (error) {
          expect(error).toMatchObject({ name: 'VitrineError' });
        }
      }),
      { numRuns: 200 },
    );
  });
});
