import type { Additions, ModelAnatomy } from '../shared/anatomy-api';
import type { MeasuredDivergence } from '../shared/comparisons';
import type { Composition } from '../shared/composition-api';
import type { ComparedText } from '../shared/difference-api';
import type { HeadRow, HeadSummary, LayerExperts, LogitLens, Predictions } from '../shared/engine-api';
import type { HeadAddress } from '../shared/head-address';
import type {
  InspectorState,
  MergeNode,
  NumberMapPicture,
  NumberRow,
  SumPicture,
  SymbolSpan,
  TraceTokens,
  VocabularyTokens,
} from '../shared/inspector-api';
import type { HeadSources, Why } from '../shared/why-api';
import { codedSize, triangleSize } from './coded-weights';

/*
 * What an exported file holds of a text: enough to answer the views without a model. Bytes of weights are as in weights.ts.
 */

/** The id of the element that holds it in the file's page. */
export const RECORDING_ID = 'vitrine-recording';

/** Bytes of all patterns that a file holds whole: in a page, which writes three bytes as four letters, 22 MB. */
const MOST_PATTERN_BYTES = 16.3e6;
/** No view draws more rows and columns than twice this. */
const MOST_WHOLE_TOKENS = 512;
/** Rows and columns to which the patterns of longer texts are pooled. */
export const POOLED_SIDE = 64;
/** Tokens of a text whose rollout is recorded for every token; of a longer one it is of the selected token. */
export const ROLLOUT_TOKENS = 256;

/** Tokens of a text of which what layers add is recorded: three numbers a token and layer. */
export const ADDITIONS_TOKENS = 256;

/** Tokens of a text whose patterns are all recorded whole; a longer one's are pooled. @param heads of all layers */
export function wholeTokens(heads: number): number {
  const isTooMuch = (tokens: number) => heads * codedSize(triangleSize(tokens)) > MOST_PATTERN_BYTES;
  let tokens = MOST_WHOLE_TOKENS;
  while (tokens > POOLED_SIDE && isTooMuch(tokens)) tokens--;
  return tokens;
}

export interface Recording {
  /** BCP 47. */
  language: string;
  /** English text to the same in that language. */
  translations: Record<string, string>;
  /** The subject's trace is the recorded one. */
  state: InspectorState;
  /** Undefined where the model read no token. */
  trace: RecordedTrace | undefined;
  /** Undefined where the model's weights are not to be seen. */
  anatomy: ModelAnatomy | undefined;
  composition: Composition;
  tokens: RecordedTokens;
  vocabularies: RecordedVocabulary[];
  /** Texts to compare. */
  texts: RecordedText[];
  symbols: SymbolSpan[];
  /** Undefined where nothing was compared. */
  comparison: RecordedComparison | undefined;
}

/** What two models say of the text. */
export interface RecordedComparison {
  /** Of models of one vocabulary without spans: each token is one. */
  differences: ComparedText;
  /** What was measured while the text was inspected. */
  measured: MeasuredDivergence[];
}

/** What the model computed for the text; what it does not give is undefined. */
export interface RecordedTrace {
  predictions: Predictions | undefined;
  distribution: RecordedDistribution | undefined;
  inside: RecordedInside | undefined;
  /** Log-probability of each token with all heads on; undefined where none is off. */
  unablated: Float32Array | undefined;
}

/** What its layers and heads did. */
export interface RecordedInside {
  heads: HeadSummary[];
  attention: RecordedAttention;
  rollout: RecordedRollout;
  /** Undefined where the chosen layer has no attention. */
  headRow: RecordedHeadRow | undefined;
  lens: RecordedLens | undefined;
  /** Undefined where they are too many. */
  experts: RecordedExperts | undefined;
  /** Undefined of a text that is too long. */
  additions: Additions | undefined;
  /** Undefined where nothing stands before the token. */
  why: RecordedWhy | undefined;
}

/** Patterns as bytes of triangles. */
export interface RecordedAttention {
  tokens: number;
  layers: number;
  heads: number;
  /** Rows and columns of a pattern, and tokens that one of them stands for. */
  side: number;
  block: number;
  /** [layer, head, triangle]: a block's largest weight and its mean; the latter undefined where a block is one token. */
  maximum: Uint8Array;
  mean: Uint8Array | undefined;
  /** Where patterns are pooled. */
  pooled: RecordedPooled | undefined;
}

/** What cannot be told from pooled patterns. */
export interface RecordedPooled {
  /** [layer, triangle], of the mean of a layer's heads. */
  layerMaximum: Uint8Array;
  layerMean: Uint8Array;
  /** Small pictures of every head, [layer, head, triangle]; the largest weights leave key 0 out. */
  thumbnails: { side: number; block: number; maximum: Uint8Array; mean: Uint8Array };
  /** Heads whose pattern is whole: a triangle of all tokens. */
  whole: (HeadAddress & { weights: Uint8Array })[];
  /** Where the selected token looks: [layer, head, key]. */
  row: { query: number; weights: Uint8Array } | undefined;
}

/** How the weights of one head at one token come about. */
export interface RecordedHeadRow extends HeadAddress {
  query: number;
  row: HeadRow;
}

/** A triangle of all tokens, or the row of one. */
export interface RecordedRollout {
  every: Uint8Array | undefined;
  row: { query: number; shares: Uint8Array } | undefined;
}

/** The logit lens of the positions [from, to), in all layers. */
export interface RecordedLens extends LogitLens {
  from: number;
  to: number;
}

/** Which experts saw the tokens [from, to). */
export interface RecordedExperts {
  from: number;
  to: number;
  layers: LayerExperts[];
}

/** Why the token that was selected, or the one that the view opens on, is what it is; with the heads that did most opened. */
export interface RecordedWhy {
  why: Why;
  heads: (HeadAddress & HeadSources)[];
}

/** Log-probabilities of the vocabulary after the last token: `lowest` × code / 65535. */
export interface RecordedDistribution {
  lowest: number;
  codes: Uint16Array;
}

/** Every token of the model's vocabulary. */
export interface RecordedTokens {
  /** Of all, one after another, and how many each has. */
  bytes: Uint8Array;
  lengths: Uint8Array | Uint16Array;
  control: number[];
  ends: number[];
}

export interface RecordedVocabulary {
  name: string;
  label: string;
  /** Of the text that is shown. */
  text: string;
  read: VocabularyTokens;
  /** By token id; of the model's vocabulary only. */
  merges: Record<number, MergeNode | undefined>;
  /** Of the merges of pairs that may be neighbours while those merges are done, as `mergeRanks` answers. */
  mergeRanks: Record<string, number>;
  /** Undefined where the views show no numbers of this vocabulary. */
  numbers: RecordedNumbers | undefined;
}

export interface RecordedNumbers {
  map: NumberMapPicture;
  /** By the number, and by the sum. */
  rows: Record<string, NumberRow>;
  sums: Record<string, SumPicture>;
}

export interface RecordedText {
  text: string;
  read: Omit<TraceTokens, 'trace'>;
  predictions: Predictions;
}
