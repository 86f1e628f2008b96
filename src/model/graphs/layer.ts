import type { Architecture, LayerContext } from '../architectures/architecture';
import { hasAttention, type LayerKind, type ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { gather } from '../onnx/operations';
import { angleInputs, inputContext, layerContext, type Weights } from './context';
import { layerInputs } from './layer-inputs';
import { layerStates, mix } from './mix-tokens';
import { LAYER } from './ports';
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
  const next = architecture.layerOutput(c, chosenRows(residual), chosenRows(mixed));
  g.output(LAYER.next, next, 'float32', ['M', config.hiddenSize]);
}

function attended(c: LayerContext, architecture: Architecture, residual: Value): Value {
  return sequenceAttention(c, layerInputs(c.g, c.config, c.kind), architecture.attentionInputs(c, residual));
}

function carried(c: LayerContext, architecture: Architecture, residual: Value): Value {
  const states = layerStates(c.g, c.kind, 'B', { past: LAYER.pastState, next: LAYER.state });
  return mix(architecture, c, residual, states);
}
