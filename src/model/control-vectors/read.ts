import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { ControlVector } from '../../shared/why-api';
import { atOnce } from '../../tokenizer/slices';
import { type ByteSource, openFile } from '../checkpoint/byte-source';
import { shownName } from '../checkpoint/shown-name';
import { type GgufFile, ggufOf } from '../gguf/reader';
import type { GgufTensor } from '../gguf/tensor-index';
import { ARCHITECTURE, MODEL_HINT, type SteeredModel } from './control-vector';

const DIRECTION = /^direction\.(0|[1-9]\d{0,5})$/;

/** Reads a control vector for a model. @throws VitrineError `controlVector.…`, `gguf.…` or `file.…`, in a sentence that names the file */
export function readControlVector(path: string, model: SteeredModel): ControlVector {
  const source = openFile(path);
  try {
    const file = atOnce(ggufOf(source));
    refuseOther(file);
    const values = new Float32Array(model.numHiddenLayers * model.hiddenSize);
    for (const tensor of file.tensors.values()) {
      values.set(directionIn(source, tensor, model), layerOf(path, tensor, model) * model.hiddenSize);
    }
    return { values, note: noteOf(file, model) };
  } finally {
    source.close();
  }
}

function refuseOther({ path, metadata, tensors }: GgufFile): void {
  if (metadata.optionalString('general.architecture') !== ARCHITECTURE) {
    throw new VitrineError(
      'controlVector.other',
      sentence`${path} is no control vector: it holds a model, or a part of one. Choose a file that repeng or llama.cpp has written.`,
    );
  }
  if (tensors.size === 0) throw damaged(path, sentence`it holds no direction`);
}

function layerOf(path: string, { name }: GgufTensor, { name: model, numHiddenLayers }: SteeredModel): number {
  const layer = Number(DIRECTION.exec(name)?.[1] ?? Number.NaN);
  if (Number.isNaN(layer)) throw damaged(path, sentence`its tensor ${shownName(name)} is no direction of a layer`);
  if (layer === 0) throw damaged(path, sentence`it has a direction of layer 0, to which none is ever added`);
  if (layer < numHiddenLayers) return layer;
  throw new VitrineError(
    'controlVector.layers',
    sentence`${path} has a direction of layer ${layer}, and the layers of ${model} go to ${numHiddenLayers - 1}. Choose one that was made for this model.`,
  );
}

function directionIn(source: ByteSource, tensor: GgufTensor, { name, hiddenSize }: SteeredModel): Float32Array {
  if (tensor.type !== 'F32') {
    throw damaged(source.path, sentence`its ${tensor.name} is of the type ${tensor.type}, where F32 belongs`);
  }
  if (tensor.shape.length !== 1 || tensor.elementCount !== hiddenSize) {
    throw new VitrineError(
      'controlVector.width',
      sentence`${source.path} has directions of ${tensor.elementCount} numbers, and ${name} is ${hiddenSize} wide. Choose one that was made for this model.`,
    );
  }
  const bytes = source.read(tensor.offset, tensor.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float32Array.from({ length: hiddenSize }, (_, i) => view.getFloat32(i * 4, true));
  if (!values.every(Number.isFinite)) {
    throw damaged(source.path, sentence`its ${tensor.name} has places without a number`);
  }
  return values;
}

/** A hint names a family as the tool calls it that made the file; the width has been checked. */
function noteOf({ metadata }: GgufFile, { name, families }: SteeredModel): Sentence | undefined {
  const hint = metadata.optionalString(MODEL_HINT);
  if (hint === undefined || families.includes(hint)) return undefined;
  return sentence`This control vector was made for a model of the family ${shownName(hint)}, and ${name} is of another: it may do nothing sensible here.`;
}

const damaged = (path: string, reason: Sentence) =>
  new VitrineError(
    'controlVector.damaged',
    sentence`${path} cannot be read as a control vector: ${reason}. Choose another file, or make it again.`,
  );
