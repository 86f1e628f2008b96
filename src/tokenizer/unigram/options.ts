export interface UnigramOptions {
  /** The natural logarithm of each token's probability, or what goes for it: Float64Array // [tokens] */
  scores: Float64Array;
  /** The lowest of them. */
  lowest: number;
  /** The token of what nothing else can hold, -1 where there is none. */
  unknown: number;
  /** The token of each byte, -1 where there is none: Int32Array // [256]; undefined where there is no byte fallback. */
  bytes: Int32Array | undefined;
  /** Whether a space of the text is `▁`. */
  marksSpaces: boolean;
  /** Whether `▁` in a token stands for a space. */
  readsMarks: boolean;
}
