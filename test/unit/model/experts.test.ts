import { describe, expect, test } from 'vitest';
import { float32, floats, int64 } from '../../../src/engine/tensors';
import type { LayerContext } from '../../../src/model/architectures/architecture';
import { mixture } from '../../../src/model/architectures/experts';
import type { Graph, Value } from '../../../src/model/onnx/graph';
import { linear, type Matrix } from '../../../src/model/onnx/matrix';
import { packedLayout } from '../../../src/model/packed/layout';
import { packRows } from '../../../src/model/packed/pack-rows';
import type { PackedType } from '../../../src/model/packed/packed-form';
import {
  dequantized,
  exactProduct,
  randomBlocks,
  randomInputs,
  randomWords,
  relativeError,
} from '../../support/packed-matrices';
import { runGraph } from '../../support/run-graph';

const WIDTH = 32;
const EXPERTS = 5;
/** Two experts of each token: number 1 is nobody's, number 4 sees only the last token. */
const CHOSEN = [0, 3, 3, 2, 2, 0, 3, 0, 0, 2, 3, 2, 4, 3];
const SHARES = CHOSEN.map((_, i) => 0.1 + (i % 5) / 10);

describe('experts whose matrices stay quantised', () => {
  const types: PackedType[] = ['Q4_0', 'Q4_1', 'Q8_0', 'MXFP4'];
  test.each(types.flatMap((type) => [1, 7].map((tokens) => [type, tokens] as const)))(
    '%s: %i tokens get what their own experts say, also where experts have none',
    async (type, tokens) => {
      const next = randomWords(3);
      const blocks = Array.from({ length: EXPERTS }, () => randomBlocks(type, WIDTH * WIDTH, { next }));
      const x = randomInputs(tokens * WIDTH);
      const chosen = CHOSEN.slice(0, 2 * tokens);
      const shares = SHARES.slice(0, 2 * tokens);
      const [result] = await runGraph(
        (g) => {
          const matrices = blocks.map((one, number) => packedMatrix(g, type, one, number));
          const routing = {
            experts: g.input('experts', 'int64', ['T', 2]),
            weights: g.input('shares', 'float32', ['T', 2]),
          };
          const answers = mixture(contextOf(g), g.input('x', 'float32', ['T', WIDTH]), routing, (c, number, own) =>
            linear(c.g, own, matrices[number] as Matrix),
          );
          g.output('y', answers, 'float32', ['T', WIDTH]);
        },
        {
          x: float32(x, tokens, WIDTH),
          experts: int64(chosen, tokens, 2),
          shares: float32(Float32Array.from(shares), tokens, 2),
        },
      );
      const said = blocks.map((one) => exactProduct(dequantized(type, one, WIDTH * WIDTH), x, WIDTH, WIDTH));
      const expected = Float64Array.from({ length: tokens * WIDTH }, (_, at) => {
        const choice = 2 * Math.floor(at / WIDTH);
        return [choice, choice + 1].reduce(
          (sum, i) => sum + (shares[i] as number) * ((said[chosen[i] as number] as Float64Array)[at] as number),
          0,
        );
      });
      expect(relativeError(floats(result), expected)).toBeLessThan(1e-5);
    },
  );
});

function contextOf(g: Graph): LayerContext {
  const kind = { experts: { numExperts: EXPERTS, numExpertsPerTok: 2 } };
  return { g, kind, config: { hiddenSize: WIDTH }, routed() {} } as unknown as LayerContext;
}

function packedMatrix(g: Graph, type: PackedType, blocks: Uint8Array, number: number): Matrix {
  const packed = packRows(type, blocks, WIDTH * WIDTH);
  for (const { name, type: elementType, shape } of packedLayout(type, [WIDTH, WIDTH])) {
    const array = packed[name] as Uint8Array | Float32Array;
    const data = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    g.initializers.push({ name: `${name}.${number}`, type: elementType, shape, data });
  }
  return { type, shape: [WIDTH, WIDTH], part: (name) => `${name}.${number}` as Value };
}
