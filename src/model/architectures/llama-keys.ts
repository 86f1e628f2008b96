import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { GgufFile } from '../gguf/reader';

/** Keys below `llama.` that the forward pass follows, or that do not change it. */
const KNOWN_KEYS = new Set([
  'block_count',
  'context_length',
  'embedding_length',
  'feed_forward_length',
  'vocab_size',
  'attention.head_count',
  'attention.head_count_kv',
  'attention.key_length',
  'attention.value_length',
  'attention.layer_norm_rms_epsilon',
  'rope.dimension_count',
  'rope.freq_base',
  'rope.scaling.type',
  'rope.scaling.factor',
  'rope.scaling.original_context_length',
  'rope.scaling.finetuned',
]);

/** Keys whose value 0 says that the feature is not used. */
const ZERO_MEANS_ABSENT = new Set([
  'expert_count',
  'expert_used_count',
  'attention.sliding_window',
  'attn_logit_softcapping',
  'final_logit_softcapping',
]);

/** A file's keys below `llama.`, each asked for by the rest of its name. What is refused: VitrineError `model.unsupported`. */
export class LlamaKeys {
  constructor(readonly file: GgufFile) {}

  refuse(what: Sentence): never {
    throw new VitrineError(
      'model.unsupported',
      sentence`${this.file.path}: ${what}. Vitrine would show wrong numbers, so it stops here.`,
    );
  }

  refuseUnknown(): void {
    for (const key of this.file.metadata.keys()) {
      const name = key.startsWith('llama.') ? key.slice('llama.'.length) : undefined;
      if (name === undefined || KNOWN_KEYS.has(name)) continue;
      if (ZERO_MEANS_ABSENT.has(name) && this.optional(name) === 0) continue;
      this.refuse(sentence`it has the metadata key ${key}, which this version does not implement`);
    }
  }

  optional(key: string): number | undefined {
    return this.file.metadata.optionalNumber(`llama.${key}`);
  }

  /** A whole number from 1 on. @param absent stands for a key that the file may lack. */
  count(key: string, absent?: number): number {
    const value = this.#number(key, absent);
    if (Number.isInteger(value) && value > 0) return value;
    return this.refuse(sentence`llama.${key} is ${String(value)}, which is no positive count`);
  }

  /** A number above 0. @param absent stands for a key that the file may lack. */
  positive(key: string, absent?: number): number {
    const value = this.#number(key, absent);
    if (Number.isFinite(value) && value > 0) return value;
    return this.refuse(sentence`llama.${key} is ${String(value)}, which is no positive number`);
  }

  #number(key: string, absent: number | undefined): number {
    return this.optional(key) ?? absent ?? this.file.metadata.number(`llama.${key}`);
  }
}
