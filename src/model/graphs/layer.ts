import type { Architecture } from '../architectures/architecture';
import type { LayerKind, ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { gather } from '../onnx/operations';
import { inputContext, layerContext, type Weights } from './context';
import { layerInputs } from './layer-inputs';
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
  const inputs = layerInputs(g, config, kind);
  const angles = (name: string) => g.input(name, 'float32', ['N', kind.headDim / 2]);
  const rope = kind.rope && { cosines: angles(LAYER.cosines), sines: angles(LAYER.sines) };
  const c = layerContext(inputContext(g, config, weights, number, false), kind, rope);
  const heads = architecture.attentionInputs(c, inputs.residual);
  const chosenRows = (all: Value) => gather(g, all, inputs.rows);
  const attended = chosenRows(sequenceAttention(c, inputs, heads));
  const next = architecture.layerOutput(c, chosenRows(inputs.residual), attended);
  g.output(LAYER.next, next, 'float32', ['M', config.hiddenSize]);
}
