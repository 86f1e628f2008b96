import { type Architecture, LAYER_PARTS, type LayerContext, type LayerPart } from '../architectures/architecture';
import { layerOutput } from '../architectures/layer-output';
import { hasAttention } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { gather, replaceRows } from '../onnx/operations';
import { angleInputs, type GraphedKind, inputContext, layerContext } from './context';
import { layerInputs } from './layer-inputs';
import { layerStates, mix } from './mix-tokens';
import { LAYER } from './ports';
import { RowChanges } from './row-changes';
import { sequenceAttention } from './sequence-attention';

/** Any one layer of a kind, over several sequences. Ports: `LAYER`. */
export function layer(g: Graph, { architecture, config, weights, number, kind }: GraphedKind): void {
  const residual = g.input(LAYER.residual, 'float32', ['N', config.hiddenSize]);
  const rows = g.input(LAYER.rows, 'int64', ['M']);
  const rope = angleInputs(g, kind, 'N', LAYER);
  const c = layerContext(inputContext(g, config, weights, number, false), kind, rope);
  const chosenRows = (all: Value) => gather(g, all, rows);
  const mixed = hasAttention(kind) ? attended(c, architecture, residual) : carried(c, architecture, residual);
  const changes = new RowChanges(g, LAYER_PARTS.length, config.hiddenSize);
  const changePart = (part: LayerPart, added: Value) => {
    const changed = changes.at(LAYER_PARTS.indexOf(part), added);
    g.output(LAYER[part], changed, 'float32', ['M', config.hiddenSize]);
    return changed;
  };
  const changeHeads = (given: Value) => (hasAttention(kind) ? replacedHeads(c, given) : given);
  const next = layerOutput(architecture, c, chosenRows(residual), chosenRows(mixed), changePart, changeHeads);
  g.output(LAYER.next, next, 'float32', ['M', config.hiddenSize]);
}

function attended(c: LayerContext, architecture: Architecture, residual: Value): Value {
  return sequenceAttention(c, layerInputs(c.g, c.config, c.kind), architecture.attentionInputs(c, residual));
}

/** What the output matrix reads, with the rows that a run replaces. */
function replacedHeads({ g, config, kind }: LayerContext, given: Value): Value {
  const width = config.numAttentionHeads * kind.headDim;
  const rows = g.input(LAYER.headRows, 'int64', ['head rows', 1]);
  const heads = replaceRows(g, given, rows, g.input(LAYER.headValues, 'float32', ['head rows', width]));
  g.output(LAYER.heads, heads, 'float32', ['M', width]);
  return heads;
}

function carried(c: LayerContext, architecture: Architecture, residual: Value): Value {
  const states = layerStates(c.g, c.kind, 'B', { past: LAYER.pastState, next: LAYER.state });
  return mix(architecture, c, residual, states);
}
