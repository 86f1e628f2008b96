/** A half-open range [start, end); the unit is said where it is used (UTF-16 code units or bytes). */
export interface Span {
  start: number;
  end: number;
}

/**
 * A text as a vocabulary reads it. The five arrays have one entry a token.
 *
 * Byte spans tile the text's UTF-8 encoding but for `dropped`. A UTF-16 span is the smallest cover of whole
 * characters, so neighbours overlap only where they share one character.
 */
export interface Tokenization {
  ids: Uint32Array;
  /** UTF-16 offsets in the text. */
  starts: Uint32Array;
  ends: Uint32Array;
  /** Offsets in the text's UTF-8 encoding (a lone surrogate encodes as U+FFFD). */
  byteStarts: Uint32Array;
  byteEnds: Uint32Array;
  /** UTF-16 ranges of characters that the vocabulary cannot hold: the model does not see them. */
  dropped: Span[];
}

/** What a GGUF file says about its vocabulary, under `tokenizer.ggml.*`. */
export interface GgufVocabulary {
  format: 'gguf';
  /** `tokenizer.ggml.model`: `gpt2` (byte-level BPE), `llama` (SentencePiece BPE) or `gemma4` (BPE of characters). */
  model: string;
  /** `tokenizer.ggml.pre`: the name of the rule that splits text into pre-tokens. */
  pre: string | undefined;
  tokens: string[];
  /** One a token: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte. */
  tokenTypes: Int32Array | undefined;
  /** `left right`, the most important first; BPE only. */
  merges: string[] | undefined;
  /** One a token; SentencePiece only. */
  scores: Float32Array | undefined;
  addSpacePrefix: boolean | undefined;
  addBos: boolean | undefined;
  bosId: number | undefined;
  /** How many ids the model knows, where that was read: those without a token have no text. */
  vocabSize?: number | undefined;
}

/** What a Hugging Face folder says about its vocabulary: JSON as it was parsed, of which nothing has been checked. */
export interface HuggingFaceVocabulary {
  format: 'huggingFace';
  /** `tokenizer.json`. */
  tokenizer: unknown;
  /** `tokenizer_config.json`; undefined where there is none. */
  config: unknown;
  /** As that of a GGUF file. */
  vocabSize?: number | undefined;
}

/** What a checkpoint says about its vocabulary: plain data, which goes from one process to another. */
export type VocabularySpecification = GgufVocabulary | HuggingFaceVocabulary;
