import type { Architecture, AttentionInputs, LayerContext } from '../architectures/architecture';
import { project } from '../architectures/attention-parts';
import { hasAttention } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { add, matmul, multiply, reshape, sliceFrom, sum, transpose } from '../onnx/operations';
import { attentionPattern, softCapped } from './attention-scores';
import { angleInputs, type GraphedKind, inputContext, layerContext } from './context';
import { mix } from './mix-tokens';
import { ATTRIBUTION } from './ports';

/**
 * What any layer of a kind adds to the stream of the last position; of layers with attention, also what each head brings
 * from each key in a direction: α · v · W_O · u (Elhage et al. 2021, transformer-circuits.pub). Ports: `ATTRIBUTION`.
 */
export function attribution(g: Graph, { architecture, config, weights, number, kind }: GraphedKind): void {
  const residual = g.input(ATTRIBUTION.residual, 'float32', ['K', config.hiddenSize]);
  const brought = inputContext(g, config, weights, number, false);
  const rope = hasAttention(kind) ? angleInputs(g, kind, 'K', ATTRIBUTION) : undefined;
  const context = (rows: (all: Value) => Value) =>
    layerContext(brought, kind, rope && { cosines: rows(rope.cosines), sines: rows(rope.sines) });
  const last = (all: Value) => sliceFrom(g, all, 0, -1);
  if (hasAttention(kind)) {
    const all = context((rows) => rows);
    const { keys, values } = architecture.attentionInputs(withoutValueBias(all), residual);
    const ofLast = architecture.attentionInputs(context(last), last(residual));
    writeHeads(architecture, all, last(residual), { queries: ofLast.queries, keys, values });
    g.output(ATTRIBUTION.query, ofLast.queries, 'float32', [1, 'H·D']);
    g.output(ATTRIBUTION.key, ofLast.keys, 'float32', [1, 'KV·D']);
    g.output(ATTRIBUTION.value, ofLast.values, 'float32', [1, 'KV·D']);
  } else {
    const c = context((rows) => rows);
    const added = addedBy(architecture, c, project(c, 'output', last(mixed(architecture, c, residual))));
    g.output(ATTRIBUTION.added, added, 'float32', [1, config.hiddenSize]);
  }
  // What nobody reads of queries at the other rows was written too.
  g.prune();
}

/** Values are linear in the stream's norm but for their bias, which no key brings more of than another. */
export const withoutValueBias = (c: LayerContext): LayerContext => ({
  ...c,
  has: (name) => name !== 'value.bias' && c.has(name),
});

function mixed(architecture: Architecture, c: LayerContext, x: Value): Value {
  const shapeOf = (name: string) => c.kind.states?.find((state) => state.name === name)?.shape ?? [];
  return mix(architecture, c, x, {
    past: (name) => c.g.input(ATTRIBUTION.pastState(name), 'float32', [1, ...shapeOf(name)]),
    next: () => {},
  });
}

const addedBy = (architecture: Architecture, c: LayerContext, whole: Value): Value =>
  architecture.afterPart?.(c, 'attention', whole, whole) ?? whole;

/** @param x the last row of the stream, [1, C] @param inputs queries of the last row, keys and values of all */
function writeHeads(architecture: Architecture, c: LayerContext, x: Value, inputs: AttentionInputs): void {
  const { g, config, kind } = c;
  const { numAttentionHeads: heads, hiddenSize } = config;
  const grouped = [kind.numKeyValueHeads, heads / kind.numKeyValueHeads];
  const direction = g.input(ATTRIBUTION.direction, 'float32', [1, hiddenSize]);
  const headMask = g.input(ATTRIBUTION.headMask, 'float32', [heads]);
  const pattern = patternOf(c, inputs);
  const gained = multiply(g, pattern, reshape(g, headMask, [...grouped, 1]));
  const values = byHead(c, inputs.values);
  const biases = c.has('value.bias') ? biasesOfValues(c, gained) : undefined;
  const given = matmul(g, gained, values);
  const gate = architecture.outputGate?.(c, x);
  const ofGate = (flat: Value) => (gate ? multiply(g, flat, gate) : flat);
  const whole = project(c, 'output', ofGate(reshape(g, biases ? add(g, given, biases) : given, [1, -1])));

  const before = architecture.afterPart?.(c, 'attention', direction, whole) ?? direction;
  const read = reshape(g, ofGate(matmul(g, before, c.weight('output'))), [...grouped, kind.headDim]);
  const contributions = multiply(g, gained, matmul(g, read, transpose(g, values, [0, 2, 1])));
  const terms = [
    ...(biases ? [multiply(g, biases, read)] : []),
    ...(c.has('output.bias') ? [multiply(g, before, c.weight('output.bias'))] : []),
  ].map((products) => sum(g, reshape(g, products, [-1]), 0));
  const ofBiases = terms.reduce((total, term) => add(g, total, term), g.constant('float32', [0]));

  g.output(ATTRIBUTION.added, addedBy(architecture, c, whole), 'float32', [1, hiddenSize]);
  g.output(ATTRIBUTION.pattern, reshape(g, pattern, [heads, -1]), 'float32', [heads, 'K']);
  g.output(ATTRIBUTION.contributions, reshape(g, contributions, [heads, -1]), 'float32', [heads, 'K']);
  g.output(ATTRIBUTION.biases, reshape(g, ofBiases, [1]), 'float32', [1]);
}

/** [KV, G, K]: G query heads share a key-value head. */
function patternOf(c: LayerContext, { queries, keys }: AttentionInputs): Value {
  const { g, config, kind } = c;
  const { numKeyValueHeads, headDim, scaling } = kind;
  const groupSize = config.numAttentionHeads / numKeyValueHeads;
  const scaled = multiply(g, queries, g.constant('float32', [scaling]));
  const ofGroups = reshape(g, scaled, [numKeyValueHeads, groupSize, headDim]);
  const products = softCapped(g, kind, matmul(g, ofGroups, transpose(g, byHead(c, keys), [0, 2, 1])));
  const mask = g.input(ATTRIBUTION.mask, 'float32', [1, 'K']);
  const sinks = kind.hasSinks ? reshape(g, c.weight('sinks'), [numKeyValueHeads, groupSize, 1]) : undefined;
  return attentionPattern(g, add(g, products, mask), sinks);
}

/** [K, KV·D] → [KV, K, D] */
const byHead = ({ g, kind }: LayerContext, rows: Value): Value =>
  transpose(g, reshape(g, rows, [-1, kind.numKeyValueHeads, kind.headDim]), [1, 0, 2]);

/** What heads give of their values' biases: [KV, G, D]. */
function biasesOfValues({ g, kind, weight }: LayerContext, pattern: Value): Value {
  const bias = reshape(g, weight('value.bias'), [kind.numKeyValueHeads, 1, kind.headDim]);
  return multiply(g, reshape(g, sum(g, pattern, 2), [0, 0, 1]), bias);
}
