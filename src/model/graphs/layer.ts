import { type Architecture, LAYER_PARTS, type LayerContext } from '../architectures/architecture';
import { layerOutput } from '../architectures/layer-output';
import { hasAttention, type LayerKind, type ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { gather } from '../onnx/operations';
import { angleInputs, inputContext, layerContext, type Weights } from './context';
import { layerInputs } from './layer-inputs';
import { layerStates, mix } from './mix-tokens';
import { LAYER } from './ports';
import { RowChanges } from './row-changes';
import { sequenceAttention } from './sequence-attention';

/** Any one layer of a kind, over several sequences. Ports: `LAYER`. */
export function layer(
  g: Graph,
  architecture: Architecture,
  config: ModelConfig,
  weights: Weights,
  number: number,
): void {
  const kind = config.layerKinds[number] as LayerKind;
  const residual = g.input(LAYER.residual, 'float32', ['N', config.hiddenSize]);
  const rows = g.input(LAYER.rows, 'int64', ['M']);
  const rope = angleInputs(g, kind, 'N', LAYER);
  const c = layerContext(inputContext(g, config, weights, number, false), kind, rope);
  const chosenRows = (all: Value) => gather(g, all, rows);
  const mixed = hasAttention(kind) ? attended(c, architecture, residual) : carried(c, architecture, residual);
  const changes = new RowChanges(g, LAYER_PARTS.length, config.hiddenSize);
  const next = layerOutput(architecture, c, chosenRows(residual), chosenRows(mixed), (part, added) => {
    const changed = changes.at(LAYER_PARTS.indexOf(part), added);
    g.output(LAYER[part], changed, 'float32', ['M', config.hiddenSize]);
    return changed;
  });
  g.output(LAYER.next, next, 'float32', ['M', config.hiddenSize]);
}

function attended(c: LayerContext, architecture: Architecture, residual: Value): Value {
  return sequenceAttention(c, layerInputs(c.g, c.config, c.kind), architecture.attentionInputs(c, residual));
}

function carried(c: LayerContext, architecture: Architecture, residual: Value): Value {
  const states = layerStates(c.g, c.kind, 'B', { past: LAYER.pastState, next: LAYER.state });
  return mix(architecture, c, residual, states);
}
