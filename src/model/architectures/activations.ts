import { sentence } from '../../shared/errors';
import type { Graph, Value } from '../onnx/graph';
import { gelu, geluTanh, silu } from '../onnx/operations';
import type { Settings } from './settings';

/** Elementwise functions of feed-forward parts, by their names in `config.json` (`ACT2FN` of Hugging Face transformers). */
export const ACTIVATIONS = {
  silu,
  swish: silu,
  gelu,
  gelu_new: geluTanh,
  gelu_fast: geluTanh,
  gelu_pytorch_tanh: geluTanh,
} as const satisfies Record<string, (g: Graph, x: Value) => Value>;

export type Activation = keyof typeof ACTIVATIONS;

/** @param absent stands for a key that the checkpoint may lack @throws VitrineError `model.unsupported` */
export function readActivation(settings: Settings, absent: Activation): Activation {
  const name = settings.text('hiddenAct') ?? absent;
  if (Object.hasOwn(ACTIVATIONS, name)) return name as Activation;
  return settings.refuse(
    sentence`${settings.nameOf('hiddenAct')} is ${name}, and only ${Object.keys(ACTIVATIONS).join(', ')} are implemented`,
  );
}
