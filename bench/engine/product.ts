import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeModel } from '../../src/model/onnx/encode';
import { Graph, type Value } from '../../src/model/onnx/graph';
import { matmul } from '../../src/model/onnx/operations';

/** Rows and columns of the matrices whose product stands for what the machine can do. */
export const PRODUCT_SIZE = 2048;

export const PRODUCT_FLOPS = 2 * PRODUCT_SIZE ** 3;

const RUNS = 5;

/** Makes a float32 matrix product in onnxruntime, one side a weight as in a model; its shortest seconds of several runs. */
export async function createProduct(): Promise<() => Promise<number>> {
  const shape = [PRODUCT_SIZE, PRODUCT_SIZE];
  const values = () => Float32Array.from({ length: PRODUCT_SIZE ** 2 }, () => Math.random());
  const g = new Graph('product');
  g.initializers.push({ name: 'weight', type: 'float32', shape, data: new Uint8Array(values().buffer) });
  const product = matmul(g, g.input('x', 'float32', shape), 'weight' as Value);
  g.output('product', product, 'float32', shape);
  const session = await InferenceSession.create(encodeModel(g), { intraOpNumThreads: availableParallelism() });
  const feeds = { x: new Tensor('float32', values(), shape) };
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
