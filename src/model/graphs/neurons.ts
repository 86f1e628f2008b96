import type { Architecture, LayerContext } from '../architectures/architecture';
import { project } from '../architectures/attention-parts';
import type { Graph, Value } from '../onnx/graph';
import { add, matmul, multiply, reshape, sum } from '../onnx/operations';
import { type GraphedKind, inputContext, layerContext } from './context';
import { NEURONS } from './ports';

/**
 * The neurons of the feed-forward part of any layer of a kind, or of one of its experts, and what each brings in a
 * direction: activation · W_down · u. Ports: `NEURONS`.
 */
export function neurons(g: Graph, { architecture, config, weights, number, kind }: GraphedKind): void {
  const row = (name: string) => g.input(name, 'float32', [1, config.hiddenSize]);
  const x = row(NEURONS.residual);
  const h = add(g, x, row(NEURONS.attention));
  const share = g.input(NEURONS.share, 'float32', [1]);
  const c = layerContext(inputContext(g, config, weights, number, false), kind, undefined);
  const { down, activations } = read(architecture, c, architecture.feedForward.input(c, x, h));

  const ones = g.constant('float32', Array(config.hiddenSize).fill(1), [1, config.hiddenSize]);
  const factor = architecture.afterPart?.(c, 'mlp', ones, project(c, down, activations)) ?? ones;
  const before = multiply(g, multiply(g, row(NEURONS.direction), factor), share);
  const values = multiply(g, activations, matmul(g, before, c.weight(down)));
  const zero = g.constant('float32', [0]);
  const bias = c.has(`${down}.bias`) ? multiply(g, before, c.weight(`${down}.bias`)) : zero;

  g.output(NEURONS.activations, activations, 'float32', [1, 'I']);
  g.output(NEURONS.values, values, 'float32', [1, 'I']);
  g.output(NEURONS.bias, reshape(g, sum(g, reshape(g, bias, [-1]), 0), [1]), 'float32', [1]);
  g.output(NEURONS.factor, add(g, factor, zero), 'float32', [1, config.hiddenSize]);
  g.prune();
}

/** Neurons [1, I], and the name of the matrix that reads them. */
function read(architecture: Architecture, c: LayerContext, n: Value): { down: string; activations: Value } {
  const { neurons, experts } = architecture.feedForward;
  if (c.kind.experts && experts) {
    // What a norm makes of the sum of all experts, one of them cannot tell.
    if (architecture.afterPart) throw new Error('no family that norms what experts say is known here');
    return { down: 'expert.0.down', activations: experts.neurons(c, 0, n) };
  }
  if (!neurons) throw new Error('this kind of layer has neither neurons nor experts');
  return { down: 'down', activations: neurons(c, n) };
}
