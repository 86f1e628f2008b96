import { sentence, VitrineError } from '../../shared/errors';
import type { VocabularySpecification } from '../../shared/tokens';
import type { ByteSource } from '../checkpoint/byte-source';
import type { Checkpoint, CheckpointMetadata, CheckpointTensor } from '../checkpoint/checkpoint';
import { languageCodes } from '../checkpoint/shown-name';
import { StoredTensor } from '../checkpoint/stored-tensor';
import { fileTypeName } from './file-types';
import { type GgufMetadata, readName } from './metadata';
import { partsOf } from './parts';
import type { GgufFile } from './reader';
import { readEndTokens, vocabularyOf } from './vocabulary';

/** A model in GGUF: one file, or its parts. */
export class GgufCheckpoint implements Checkpoint {
  readonly format = 'gguf';
  readonly name: string;
  readonly languages: readonly string[];
  readonly trainingWords: readonly string[];
  readonly fileType: string | undefined;
  readonly files: readonly string[];
  readonly metadata: CheckpointMetadata;
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** GGUF has none. */
  readonly buffers: ReadonlySet<string> = new Set();
  readonly endTokens: ReadonlySet<number>;
  readonly #metadata: GgufMetadata;
  readonly #sources: readonly ByteSource[];

  constructor(
    readonly path: string,
    parts: readonly [GgufFile, ...GgufFile[]],
  ) {
    const { metadata } = parts[0];
    refuseAdapter(path, metadata);
    this.#metadata = metadata;
    this.#sources = parts.map(({ source }) => source);
    this.name = readName(metadata);
    this.languages = languageCodes(metadata.optionalStrings('general.languages') ?? []);
    this.trainingWords = trainingWordsOf(metadata);
    this.fileType = fileTypeName(metadata.value('general.file_type'));
    this.files = parts.map((part) => part.path);
    this.metadata = belowArchitecture(metadata);
    this.tensors = new Map(
      parts.flatMap(({ source, tensors }) =>
        [...tensors.values()].map((tensor) => [tensor.name, new StoredTensor(source, tensor)] as const),
      ),
    );
    this.endTokens = readEndTokens(metadata);
  }

  vocabulary(): Generator<undefined, VocabularySpecification> {
    return vocabularyOf(this.#metadata);
  }

  close(): void {
    for (const source of this.#sources) source.close();
  }
}

/** Opens a GGUF file, and the others where it is one of several, with a pause at every yield. */
export function* ggufCheckpointOf(path: string): Generator<undefined, Checkpoint> {
  const sources: ByteSource[] = [];
  try {
    return new GgufCheckpoint(path, yield* partsOf(path, sources));
  } catch (error) {
    for (const source of sources) source.close();
    throw error;
  }
}

/** Tags, what it was fine-tuned to, and the datasets, in both ways in which files have named these. */
function trainingWordsOf(metadata: GgufMetadata): string[] {
  const names = metadata.keys().filter((key) => /^general\.dataset\.\d+\.(name|repo_url)$/.test(key));
  const lists = ['general.tags', 'general.datasets'].flatMap((key) => metadata.optionalStrings(key) ?? []);
  const texts = ['general.finetune', ...names].map((key) => metadata.optionalString(key) ?? '');
  return [readName(metadata), ...lists, ...texts];
}

function refuseAdapter(path: string, metadata: GgufMetadata): void {
  if (metadata.value('general.type') !== 'adapter') return;
  throw new VitrineError(
    'model.adapter',
    sentence`${path} holds an adapter, which is no whole model: choose the model that it was trained on, and this as its adapter (vitrine.adapter, or --adapter).`,
  );
}

function belowArchitecture(metadata: GgufMetadata): CheckpointMetadata {
  const architecture = metadata.string('general.architecture');
  const prefix = `${architecture}.`;
  return {
    architecture,
    keys: metadata.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
    get: (key) => metadata.value(prefix + key),
  };
}
