import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { StoredTensor } from '../checkpoint/stored-tensor';
import { areMxfp4, Mxfp4Tensor } from './mxfp4-tensor';
import type { SafetensorsTensor } from './safetensors';
import { type ScaleBlock, scaledTensor } from './scaled-tensor';

/** Types of weights. */
const WEIGHT_DTYPES = ['F32', 'F16', 'BF16', 'F8_E4M3'] as const;
/** Types of masks, counters and parts of what is quantised otherwise. */
const BUFFER_DTYPE = /^(BOOL|[UI]\d+)$/;

export interface HuggingFaceTensors {
  tensors: Map<string, CheckpointTensor>;
  buffers: Set<string>;
}

/**
 * The tensors of all files of a model by name, each as one: those in float8 and in MXFP4 with the scales that lie beside them.
 *
 * @param path names the model in errors
 * @param block rows and columns that share a scale in float8
 * @throws VitrineError `safetensors.type` where one is of a type that is not read, `safetensors.scales`.
 */
export function tensorsOf(
  path: string,
  stored: ReadonlyMap<string, SafetensorsTensor>,
  block: ScaleBlock,
): HuggingFaceTensors {
  const rest = new Map(stored);
  const tensors = new Map<string, CheckpointTensor>();
  const buffers = new Set<string>();
  for (const [name, tensor] of takeMxfp4(rest)) tensors.set(name, tensor);
  for (const [name, tensor] of takeScaled(path, rest, block)) tensors.set(name, tensor);
  for (const [name, tensor] of rest) {
    if (BUFFER_DTYPE.test(tensor.dtype)) buffers.add(name);
    else tensors.set(name, weightOf(path, name, tensor));
  }
  return { tensors, buffers };
}

function* takeMxfp4(rest: Map<string, SafetensorsTensor>): Generator<[string, CheckpointTensor]> {
  for (const [blocksName, blocks] of [...rest]) {
    const name = blocksName.replace(/_blocks$/, '');
    const scales = rest.get(`${name}_scales`);
    if (name === blocksName || !scales || !areMxfp4(blocks, scales)) continue;
    rest.delete(blocksName);
    rest.delete(`${name}_scales`);
    yield [name, new Mxfp4Tensor(name, blocks, scales)];
  }
}

function* takeScaled(
  path: string,
  rest: Map<string, SafetensorsTensor>,
  block: ScaleBlock,
): Generator<[string, CheckpointTensor]> {
  const refuse = (reason: Sentence) =>
    new VitrineError('safetensors.scales', sentence`${path} is damaged: ${reason}. Get it again.`);
  for (const [name, tensor] of [...rest]) {
    const scalesName = [`${name}_scale_inv`, `${name}_scale`].find((one) => rest.has(one));
    const scales = scalesName && rest.get(scalesName);
    if (tensor.dtype !== 'F8_E4M3' || !scales) continue;
    rest.delete(name);
    rest.delete(scalesName);
    yield [name, scaledTensor(weightOf(path, name, tensor), weightOf(path, scalesName, scales), block, refuse)];
  }
}

function weightOf(path: string, name: string, { dtype, shape, offset, source }: SafetensorsTensor): StoredTensor {
  const type = WEIGHT_DTYPES.find((one) => one === dtype);
  if (type) return new StoredTensor(source, { name, type, shape, offset });
  throw new VitrineError(
    'safetensors.type',
    sentence`${path} stores the tensor ${name} as ${dtype}; of safetensors files Vitrine reads ${WEIGHT_DTYPES.join(', ')}. Choose the model in one of these.`,
  );
}
