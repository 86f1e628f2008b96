/*
 * Control vectors as repeng and llama.cpp exchange them: GGUF files of the architecture `controlvector`, with a tensor
 * `direction.L` of float32 for each layer L, counted from 0, to whose output it is added. The first layer has none.
 * https://github.com/vgel/repeng: `ControlVector.export_gguf`; https://github.com/ggml-org/llama.cpp: `common_control_vector_load`
 */

export const ARCHITECTURE = 'controlvector';
export const MODEL_HINT = `${ARCHITECTURE}.model_hint`;
export const LAYER_COUNT = `${ARCHITECTURE}.layer_count`;
export const directionName = (layer: number): string => `direction.${layer}`;

/** What a control vector has to fit. */
export interface SteeredModel {
  name: string;
  /** What formats call its family: any of them may be a file's hint. */
  families: readonly string[];
  numHiddenLayers: number;
  hiddenSize: number;
}
