import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeModel } from '../../src/model/onnx/encode';
import { Graph } from '../../src/model/onnx/graph';
import { matmul } from '../../src/model/onnx/operations';

/** Rows and columns of the matrices whose product stands for what the machine can do. */
export const PRODUCT_SIZE = 2048;

export const PRODUCT_FLOPS = 2 * PRODUCT_SIZE ** 3;

const RUNS = 5;

/** Seconds of a float32 matrix product in onnxruntime, with nothing around it: the shortest of several. */
export async function createProduct(): Promise<() => Promise<number>> {
  const g = new Graph('product');
  const shape = [PRODUCT_SIZE, PRODUCT_SIZE];
  const values = () => Float32Array.from({ length: PRODUCT_SIZE ** 2 }, () => Math.random());
  g.output('product', matmul(g, g.input('a', 'float32', shape), g.input('b', 'float32', shape)), 'float32', shape);
  const session = await InferenceSession.create(encodeModel(g), { intraOpNumThreads: availableParallelism() });
  const feeds = { a: new Tensor('float32', values(), shape), b: new Tensor('float32', values(), shape) };
  return async () => {
    const seconds: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const started = performance.now();
      await session.run(feeds);
      seconds.push((performance.now() - started) / 1000);
    }
    return Math.min(...seconds);
  };
}
