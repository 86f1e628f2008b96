import { availableParallelism } from 'node:os';
import { encodeModel } from '../model/onnx/encode';
import { Graph, type Value } from '../model/onnx/graph';
import { matmul, sum } from '../model/onnx/operations';
import type { MachineLimits } from '../shared/part-times-api';
import { createSession } from './sessions';
import { float32 } from './tensors';

/** Rows and columns of the matrices, and how many products there are one after another in a run. */
const SIZE = 1024;
const PRODUCTS = 4;
/** More than a processor's caches hold, read in rows. */
const READ_BYTES = 2 ** 28;
const ROW = 4096;
/** How long each of the two is tried. */
const TRIED_MS = 500;

/** Tries what the processor can do at most: the fastest run of each kind counts. */
export async function measureMachine(): Promise<MachineLimits> {
  return {
    flopsPerSecond: (PRODUCTS * 2 * SIZE ** 3) / (await leastSeconds(products, ones(SIZE, SIZE))),
    bytesPerSecond: READ_BYTES / (await leastSeconds(sums, ones(READ_BYTES / 4 / ROW, ROW))),
    threads: availableParallelism(),
  };
}

/** The best of two tries: what else is at work on the machine can only make one slower. */
export const bestOf = (limits: MachineLimits, before: MachineLimits = limits): MachineLimits => ({
  ...limits,
  flopsPerSecond: Math.max(limits.flopsPerSecond, before.flopsPerSecond),
  bytesPerSecond: Math.max(limits.bytesPerSecond, before.bytesPerSecond),
});

/** Products with a matrix that the runtime knows beforehand, as it knows a model's weights. */
function products(g: Graph): void {
  const values = new Float32Array(SIZE ** 2).fill(1 / SIZE);
  g.initializers.push({ name: 'w', type: 'float32', shape: [SIZE, SIZE], data: new Uint8Array(values.buffer) });
  let x = g.input('x', 'float32', [SIZE, SIZE]);
  for (let i = 0; i < PRODUCTS; i++) x = matmul(g, x, 'w' as Value);
  g.output('y', x, 'float32', [SIZE, SIZE]);
}

/** Every number is read once, and nearly nothing written. */
function sums(g: Graph): void {
  const x = g.input('x', 'float32', ['R', ROW]);
  g.output('y', sum(g, x, 1), 'float32', ['R']);
}

async function leastSeconds(build: (g: Graph) => void, x: ReturnType<typeof ones>): Promise<number> {
  const g = new Graph('limits');
  build(g);
  const session = await createSession('limits', encodeModel(g), '.', { provider: 'cpu' });
  try {
    let least = Number.POSITIVE_INFINITY;
    const ends = performance.now() + TRIED_MS;
    do {
      const started = performance.now();
      await session.run({ x });
      least = Math.min(least, (performance.now() - started) / 1000);
    } while (performance.now() < ends);
    return least;
  } finally {
    await session.release();
  }
}

const ones = (rows: number, columns: number) => float32(new Float32Array(rows * columns).fill(1), rows, columns);
