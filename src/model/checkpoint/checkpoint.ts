import type { Sentence } from '../../shared/errors';
import type { VocabularySpecification } from '../../shared/tokens';
import type { TensorType } from '../tensors/tensor-types';

/**
 * A model as it lies on disk, whatever its format: a GGUF file (or its parts), or a Hugging Face folder. Its headers are
 * in memory, its weights are not. Architectures, compile and cache know only this.
 */
export interface Checkpoint {
  /** The file or folder that a person chose: it names the model in errors. */
  readonly path: string;
  readonly format: CheckpointFormat;
  /** What it calls itself, fit to be shown; empty where it has no name. */
  readonly name: string;
  /** ISO 639 codes of the languages it was made for, where it says. */
  readonly languages: readonly string[];
  /** What it says of how it was trained: tags, names of datasets, its own name. */
  readonly trainingWords: readonly string[];
  /** What people call the way in which it is quantised, where it says: `Q4_K_M`. */
  readonly fileType?: string | undefined;
  /** Every file that decides what the model computes, the one with the header first: its identity is theirs. */
  readonly files: readonly string[];
  /** What it says of its shape, as it stands there: GGUF's key-value pairs, or `config.json` with its `text_config` unfolded. */
  readonly metadata: CheckpointMetadata;
  /** By the names that the file gives them. */
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** Names of what is no weight: masks and counters, of whole numbers or booleans. */
  readonly buffers: ReadonlySet<string>;
  /** How it makes tokens of a text, read and checked with a pause at every yield. */
  vocabulary(): Generator<undefined, VocabularySpecification>;
  /** Tokens at which the model has nothing more to say. */
  readonly endTokens: ReadonlySet<number>;
  /** What is merged into its tensors. */
  readonly adapter?: MergedAdapter;
  close(): void;
}

export interface MergedAdapter {
  path: string;
  /** Fit to be shown. */
  name: string;
  /** Every file that decides what it changes. */
  files: readonly string[];
  /** Names of the tensors that are not as the model's own files have them. */
  changed: ReadonlySet<string>;
  /** Whether the vocabulary is its own, and not the model's. */
  hasTokenizer: boolean;
  /** What a person should know of how it fits. */
  notes: readonly Sentence[];
}

export type CheckpointFormat = 'gguf' | 'huggingFace';

export interface CheckpointMetadata {
  /** GGUF's `general.architecture`, or the `model_type` of `config.json`. */
  readonly architecture: string;
  /** Every key, also of what is nested: `rope_scaling` is one, and of what is null. GGUF: those below the architecture's name, without it. */
  readonly keys: readonly string[];
  /** A value as it stands in the file; undefined where there is none, and where it is null. */
  get(key: string): unknown;
}

/** A tensor of a checkpoint. A row is its last dimension: [layers, out, in] has layers · out rows. */
export interface CheckpointTensor {
  readonly name: string;
  readonly type: TensorType;
  /** Row-major: a matrix is [out, in]. */
  readonly shape: readonly number[];
  readonly elementCount: number;
  /** `count` rows from row `first` on, as float32. */
  rows(first: number, count: number): Float32Array;
  /** The same as the file has them: whole blocks of its type, row after row. */
  blocks(first: number, count: number): Uint8Array;
}
