import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { atOnce } from '../../tokenizer/slices';
import { openFile } from '../checkpoint/byte-source';
import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { locate } from '../checkpoint/locate';
import type { ModelConfig } from '../config';
import { LARGEST_CONFIG, readJsonFile } from '../huggingface/read-json-file';
import { safetensorsOf } from '../huggingface/safetensors';
import { tensorsOf } from '../huggingface/tensors';

/**
 * A tuned lens (Belrose et al. 2023, arXiv 2303.08112), as the library tuned-lens keeps it: for every layer what is added
 * to the residual stream that enters it before the final norm and the unembedding read it, h + W·h + b.
 */
export interface TunedLens {
  /** The model that it was made for, as its configuration says. */
  madeFor: string;
  /** W [hiddenSize, hiddenSize] and b [hiddenSize] of a layer, read from the file. */
  translator(layer: number): { weight: Float32Array; bias: Float32Array };
  close(): void;
}

const CONFIG = 'config.json';
const WEIGHTS = 'params.safetensors';
/** What the library writes: a pickled Python object. */
const PICKLED = 'params.pt';

/** The folder of a model's tuned lens: `tuned-lens` in a Hugging Face folder, `NAME.tuned-lens` beside NAME.gguf. */
export function tunedLensFolder(modelPath: string): string | undefined {
  const { format, path } = locate(modelPath);
  const folder = format === 'gguf' ? `${path.replace(/\.gguf$/i, '')}.tuned-lens` : join(path, 'tuned-lens');
  return existsSync(folder) && statSync(folder).isDirectory() ? folder : undefined;
}

/** @throws VitrineError `tunedLens.…`, `huggingFace.json`, `safetensors.…` or `file.…`, in a sentence that names the file. */
export function openTunedLens(folder: string, { numHiddenLayers, hiddenSize }: ModelConfig): TunedLens {
  const config = atOnce(readJsonFile(join(folder, CONFIG), LARGEST_CONFIG));
  const path = weightsIn(folder);
  const source = openFile(path);
  try {
    const stored = new Map(atOnce(safetensorsOf(source)).map((tensor) => [tensor.name, tensor]));
    const { tensors } = tensorsOf(path, stored, UNSCALED);
    const weights = Array.from({ length: numHiddenLayers }, (_, layer) => {
      const weight = shaped(path, tensors, `${layer}.weight`, [hiddenSize, hiddenSize]);
      return { weight, bias: config.bias === false ? undefined : shaped(path, tensors, `${layer}.bias`, [hiddenSize]) };
    });
    return {
      madeFor: typeof config.base_model_name_or_path === 'string' ? config.base_model_name_or_path : '',
      translator(layer) {
        const { weight, bias } = weights[layer] as (typeof weights)[number];
        return { weight: weight.rows(0, hiddenSize), bias: bias?.rows(0, 1) ?? new Float32Array(hiddenSize) };
      },
      close: () => source.close(),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

/** No float8. */
const UNSCALED = [1, 1] as const;

function weightsIn(folder: string): string {
  const path = join(folder, WEIGHTS);
  if (existsSync(path) || !existsSync(join(folder, PICKLED))) return path;
  throw new VitrineError(
    'tunedLens.pickle',
    sentence`${join(folder, PICKLED)} is a pickled Python object, which could run any program: write it once as safetensors, with safetensors.torch.save_file(torch.load("params.pt", weights_only=True), "params.safetensors") in Python.`,
  );
}

function shaped(
  path: string,
  tensors: ReadonlyMap<string, CheckpointTensor>,
  name: string,
  shape: readonly number[],
): CheckpointTensor {
  const tensor = tensors.get(name);
  if (tensor?.shape.join() === shape.join()) return tensor;
  const found = tensor ? tensor.shape.join(' x ') : sentence`missing`;
  throw new VitrineError(
    'tunedLens.tensor',
    sentence`${path} was made for another model: its tensor ${name} is ${found} and should be ${shape.join(' x ')}. Take the tuned lens of this model, or none.`,
  );
}
