import { expect, test } from 'vitest';
import { float32, floats } from '../../../src/engine/tensors';
import { Graph } from '../../../src/model/onnx/graph';
import { add, multiply, split } from '../../../src/model/onnx/operations';
import { runGraph } from '../../support/run-graph';

test('what no result needs is taken away, and results stay what they are', async () => {
  const build = (g: Graph) => {
    const x = g.input('x', 'float32', [4]);
    const unused = g.input('unused', 'float32', [4]);
    const [first] = split(g, multiply(g, x, g.constant('float32', [2])), 0, 2);
    add(g, unused, g.constant('float32', [7]));
    g.shaped(multiply(g, x, unused), [4]);
    g.output('y', add(g, first as typeof x, g.constant('float32', [1])), 'float32', [2]);
    g.output('same', x, 'float32', [4]);
    g.prune();
  };
  const g = new Graph('pruned');
  build(g);
  expect(g.inputs.map(({ name }) => name)).toEqual(['x']);
  expect(g.nodes.map(({ operator }) => operator)).toEqual(['Mul', 'Split', 'Add', 'Identity']);
  const [y, same] = await runGraph(build, { x: float32(Float32Array.of(1, 2, 3, 4), 4) });
  expect([...floats(y)]).toEqual([3, 5]);
  expect([...floats(same)]).toEqual([1, 2, 3, 4]);
});
