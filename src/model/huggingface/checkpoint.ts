import { join } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { type ByteSource, openFile } from '../checkpoint/byte-source';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { shownName } from '../checkpoint/shown-name';
import { configOf, isMultimodal } from './config';
import { isObject, type JsonValue } from './json';
import { languagesOf, nameOf, trainingWordsOf } from './model-card';
import { LARGEST_CONFIG, readJsonFile, readJsonFileIfAny } from './read-json-file';
import { type SafetensorsTensor, safetensorsOf } from './safetensors';
import type { ScaleBlock } from './scaled-tensor';
import { tensorsOf } from './tensors';
import { textName } from './text-tensors';
import { endTokensOf, tokenizerFilesOf, vocabularyOfFolder } from './tokenizer-files';
import { type WeightFiles, weightFilesOf } from './weight-files';

/**
 * Opens a Hugging Face folder with a pause at every yield.
 *
 * @param path what a person chose: the folder, or something that stands for it
 * @throws VitrineError `huggingFace.…`, `safetensors.…`, `model.…` or `file.…`, in a sentence that names the file.
 */
export function* huggingFaceCheckpointOf(path: string, folder: string): Generator<undefined, Checkpoint> {
  const config = yield* readJsonFile(join(folder, 'config.json'), LARGEST_CONFIG);
  const metadata = configOf(path, config);
  const weights = yield* weightFilesOf(folder);
  const generation = yield* readJsonFileIfAny(join(folder, 'generation_config.json'));
  const text = isObject(config.text_config) ? config.text_config : undefined;
  const rest = {
    path,
    name: nameOf(folder, config),
    languages: languagesOf(folder),
    trainingWords: [nameOf(folder, config), ...trainingWordsOf(folder)],
    files: [join(folder, 'config.json'), ...weights.files, ...tokenizerFilesOf(folder)],
    metadata,
    endTokens: endTokensOf([generation, config, text]),
  };
  const sources: ByteSource[] = [];
  const close = () => {
    for (const source of sources) source.close();
  };
  try {
    const stored = yield* storedTensors(path, weights, sources, isMultimodal(config));
    const tensors = tensorsOf(path, stored, scaleBlock(metadata.get('quantization_config') as JsonValue | undefined));
    const vocabulary = () => vocabularyOfFolder(folder);
    return { ...rest, ...tensors, format: 'huggingFace', vocabulary, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** By the names of the model of language. @param sources takes what is opened */
function* storedTensors(
  path: string,
  { files, index }: WeightFiles,
  sources: ByteSource[],
  multimodal: boolean,
): Generator<undefined, Map<string, SafetensorsTensor>> {
  const stored = new Map<string, SafetensorsTensor>();
  const found = new Set<string>();
  for (const file of files) {
    const source = openFile(file);
    sources.push(source);
    for (const tensor of yield* safetensorsOf(source)) {
      if ((index?.get(tensor.name) ?? file) !== file) continue;
      found.add(tensor.name);
      const name = multimodal ? textName(tensor.name) : tensor.name;
      if (name === undefined) continue;
      if (stored.has(name)) throw contradiction(path, name);
      stored.set(name, tensor);
    }
  }
  const missing = [...(index?.keys() ?? [])].find((name) => !found.has(name));
  if (missing === undefined) return stored;
  throw new VitrineError(
    'huggingFace.weights',
    sentence`${path} cannot be opened: its index says that ${index?.get(missing) ?? ''} holds the tensor ${shownName(missing)}, which it does not. Get the whole folder again.`,
  );
}

const contradiction = (path: string, name: string) =>
  new VitrineError(
    'huggingFace.weights',
    sentence`${path} cannot be opened: it has the tensor ${name} twice. Get the whole folder again.`,
  );

/** Rows and columns that share a scale in float8. */
function scaleBlock(quantisation: JsonValue | undefined): ScaleBlock {
  const size = isObject(quantisation) ? quantisation.weight_block_size : undefined;
  const [rows, columns] = Array.isArray(size) ? size : [];
  const isCount = (value: JsonValue | undefined) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
  return isCount(rows) && isCount(columns) ? [rows as number, columns as number] : [128, 128];
}
