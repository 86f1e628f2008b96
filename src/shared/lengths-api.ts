/* How long the documents of a data set are, in tokens of a vocabulary, and how many contexts they fill. */

/** Documents of [from, to) tokens. */
export interface LengthBin {
  from: number;
  to: number;
  documents: number;
  /** Of all of them together. */
  tokens: number;
}

export interface LengthSummary {
  documents: number;
  tokens: number;
  shortest: number;
  longest: number;
  /** From the shortest to the longest without a gap, two an octave; the first may be that of documents without any token. */
  bins: LengthBin[];
  /** So many tokens or fewer has this share of the documents. */
  quantiles: { share: number; tokens: number }[];
}

/**
 * Documents, each with an end token behind it, in contexts of one length: one after another, cut where a context ends, as GPT-3
 * was trained (Brown et al. 2020), or whole wherever they fit (Ding et al. 2024, "Fewer Truncations Improve Language Modeling").
 */
export type PackingWay = 'concatenated' | 'bestFit';

export interface Packing {
  contexts: number;
  /** Of documents, with their end tokens. */
  tokens: number;
  /** Places in contexts that hold nothing. */
  padding: number;
  /** Documents whose text lies in more than one context. */
  cut: number;
}
