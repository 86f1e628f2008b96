import { hasAttention } from '../config';
import type { Value } from '../onnx/graph';
import { add, multiply } from '../onnx/operations';
import type { Architecture, LayerContext, LayerPart } from './architecture';
import { project } from './attention-parts';
import { mixture } from './experts';

/** May change what a part of a layer adds to the residual stream, [N, C]. */
export type ChangePart = (part: LayerPart, added: Value) => Value;
/** May change what the output matrix reads, [N, H·D]. */
export type ChangeHeads = (heads: Value) => Value;

/**
 * The residual stream that leaves a layer, [N, C]: the stream x that enters it, what its attention adds, and what its
 * feed-forward part adds.
 *
 * @param heads what the heads gave, [N, H·D], or what a layer without attention has in their place
 */
export function layerOutput(
  architecture: Architecture,
  c: LayerContext,
  x: Value,
  heads: Value,
  change: ChangePart = (_part, added) => added,
  changeHeads: ChangeHeads = (given) => given,
): Value {
  const after = (part: LayerPart, whole: Value) =>
    change(part, architecture.afterPart?.(c, part, whole, whole) ?? whole);
  const h = c.g.within('attention', () =>
    add(c.g, x, after('attention', project(c, 'output', changeHeads(gated(architecture, c, x, heads))))),
  );
  return c.g.within('mlp', () => {
    const next = add(c.g, h, after('mlp', fedForward(architecture, c, architecture.feedForward.input(c, x, h))));
    const { layerScale: scale } = architecture;
    return scale && c.has(scale) ? multiply(c.g, next, c.weight(scale)) : next;
  });
}

function gated(architecture: Architecture, c: LayerContext, x: Value, heads: Value): Value {
  const gate = hasAttention(c.kind) ? architecture.outputGate?.(c, x) : undefined;
  return gate ? multiply(c.g, heads, gate) : heads;
}

/** What the feed-forward part says of its input n: [N, C]. */
function fedForward({ feedForward: { neurons, experts } }: Architecture, c: LayerContext, n: Value): Value {
  if (c.kind.experts && experts) {
    return mixture(c, n, experts.route(c, n), (branch, number, x) =>
      project(branch, `expert.${number}.down`, experts.neurons(branch, number, x)),
    );
  }
  if (!neurons) throw new Error('this kind of layer has neither neurons nor experts');
  return project(c, 'down', neurons(c, n));
}
