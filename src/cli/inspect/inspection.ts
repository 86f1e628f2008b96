import { type Sums, sumsOfPredictions } from '../../display/sums';
import type { WhyTerms } from '../../display/why-terms';
import type {
  Continuation,
  HeadSummary,
  LayerExperts,
  ModelInfo,
  TokenDescription,
  TraceInfo,
} from '../../shared/engine-api';
import type { Sentence } from '../../shared/errors';
import type { HeadAddress } from '../../shared/head-address';
import type { Sampling } from '../../shared/request-fields';
import type { Steering } from '../../shared/steering';
import type { Span } from '../../shared/tokens';
import type { PATCH_SITES } from '../../shared/why-requests';

/** What a model reads: a text, or token ids as they are. */
export type Prompt = { text: string; truncate: boolean } | { ids: readonly number[] };

/** What a model has read. */
export interface ReadPrompt {
  /** Of token ids what each says by itself: U+FFFD for what is no character. */
  text: string;
  trace: TraceInfo;
  /** Of a token, in hexadecimal. */
  bytesOf(position: number): string;
  /** What tokens are called that are no part of the text, by position. */
  names: ReadonlyMap<number, string>;
}

/** Positions of a trace, half-open. */
export interface TokenRange {
  from: number;
  to: number;
}

/** Why a token, with a name for every part; and what the tokens that it names look like. */
export interface InspectedWhy extends WhyTerms {
  /** By id. */
  descriptions: ReadonlyMap<number, TokenDescription>;
}

/** Which token is explained: tokens are as people write them at a shell. */
export interface Question {
  /** From 1; `end` is what comes after the text. */
  position: number | 'end';
  /** By default the one that stands there, and at the end the most probable one. */
  token?: string | undefined;
  /** By default the most probable other one. */
  against?: string | undefined;
}

/** What is hidden by itself: every token, every line, or these parts of the text, in UTF-16 units. */
export type AskedSpans = 'token' | 'line' | readonly Span[];

/** A text of as many tokens into whose run something of the text's own is put. */
export interface PatchRequest {
  corrupt: string;
  site: (typeof PATCH_SITES)[number];
}

/** The file of a control vector, and how many times it is added. */
export interface AskedSteering {
  path: string;
  coefficient: number;
}

/** What is asked about a text. */
export interface InspectRequest {
  prompt: Prompt;
  /** Which part is shown, in UTF-16 units; all of it by default. */
  select: Span | undefined;
  topK: number;
  ablate: readonly HeadAddress[];
  /** A control vector that is added to the layers. */
  steer: AskedSteering | undefined;
  /** Whether the text is also read without the ablation. */
  compare: boolean;
  attention: readonly HeadAddress[];
  /** Of so many of the last tokens shown the attention is read; of all by default. */
  attentionRows: number | undefined;
  heads: boolean;
  experts: boolean;
  /** How many tokens the logit lens gives in each layer, if it is asked for. */
  lensTopK: number | undefined;
  continuation: { count: number; sampling: Sampling } | undefined;
  why: Question | undefined;
  occlude: AskedSpans | undefined;
  patch: PatchRequest | undefined;
}

/** A token that the model gives a probability to. */
export interface Candidate {
  id: number;
  /** Bytes decoded; U+FFFD for what is no character. */
  text: string;
  /** In hexadecimal. */
  bytes: string;
  /** Natural logarithm of the probability. */
  logprob: number;
}

/** Of a token of the text. */
export interface Prediction {
  /** Natural logarithm of its probability. */
  logprob: number;
  /** How many tokens were more probable. */
  rank: number;
  /** Where ranks are known only up to a number: one of this rank has it at least. */
  rankLimit?: number | undefined;
}

/** A token of the text. */
export interface InspectedToken {
  position: number;
  id: number;
  /** The slice of the source: whole characters, also where the token is only some bytes of one. */
  text: string;
  /** In hexadecimal. */
  bytes: string;
  /** What the vocabulary calls one that no part of the text is, such as that which begins every text. */
  name?: string | undefined;
  /** UTF-16 units. */
  start: number;
  end: number;
  /** What the model thought of it beforehand; undefined for the first token, which nothing comes before. */
  prediction: Prediction | undefined;
  /** The most probable tokens in its place, and the entropy in bits of that distribution; undefined for the first token. */
  instead: Candidate[];
  entropyBefore: number | undefined;
  /** Of the distribution after it: its entropy in bits, and the most probable tokens. */
  entropy: number;
  after: Candidate[];
}

/** A head's weights: a row for each token shown (or the last of them), a column for each token of the text up to the last one shown. */
export interface InspectedAttention extends HeadAddress {
  pattern: Float32Array[];
}

export interface InspectedLens {
  /** 0 to the number of layers, which is the model's own output. */
  layers: number[];
  /** [layer][token] */
  top: Candidate[][][];
  /** [layer][token]: whether the token that in truth comes next is the most probable one. */
  nextIsFirst: boolean[][];
}

/** A part of the text, hidden by itself from all tokens after it, in every layer. */
export interface OccludedSpan extends TokenRange {
  /** UTF-16 units. */
  start: number;
  end: number;
  text: string;
  /** Of the tokens asked about together, without it. */
  logprob: number;
  /** Less what it is with it: below 0 where the text became more probable by it. */
  change: number;
}

export interface InspectedOcclusion {
  /** The tokens asked about, of which the last may be the one after the end. */
  targets: TokenRange;
  /** What they are, one after another. */
  target: string;
  /** Natural logarithm of the probability of all of them, where all can be seen. */
  logprob: number;
  spans: OccludedSpan[];
  /** Whether each span is one token. */
  isByToken: boolean;
}

/** Natural logarithms of probabilities. */
export interface Pair {
  token: number;
  against: number;
}

export interface InspectedPatch {
  site: PatchRequest['site'];
  /** The text that is patched. */
  corrupt: string;
  position: number;
  token: { id: number; text: string; bytes: string };
  against: InspectedPatch['token'];
  /** Positions whose tokens differ. */
  differs: number[];
  /** Of each text as it is. */
  clean: Pair;
  corrupted: Pair;
  /** Positions, or heads, of the grid; positions before the first that differs would change nothing. */
  columns: TokenRange;
  /** [layer][column] of the corrupt text with what the clean one gave at one place. */
  logprobs: Pair[][];
}

export interface Inspection {
  model: ModelInfo;
  /** Heads that were switched off. */
  ablated: readonly HeadAddress[];
  /** What was added to the layers, and what is odd about it. */
  steering: Steering | undefined;
  steeringNote: Sentence | undefined;
  text: string;
  trace: TraceInfo;
  /** Positions of the tokens shown, half-open. */
  range: TokenRange;
  tokens: InspectedToken[];
  /** The same tokens without the ablation. */
  unablated: InspectedToken[] | undefined;
  attention: InspectedAttention[] | undefined;
  heads: HeadSummary[] | undefined;
  /** Of the layers that have experts, for the tokens shown. */
  experts: LayerExperts[] | undefined;
  lens: InspectedLens | undefined;
  continuation: Continuation | undefined;
  why: InspectedWhy | undefined;
  occlusion: InspectedOcclusion | undefined;
  patch: InspectedPatch | undefined;
}

/** What the tokens shown come to together. @param text the whole text, in which the tokens' offsets count. */
export function sumsOf(tokens: readonly InspectedToken[], text: string): Sums {
  const predictions = tokens.flatMap(({ prediction }) => prediction ?? []);
  const characters = [...text.slice(tokens[0]?.start, tokens.at(-1)?.end)].length;
  return sumsOfPredictions(predictions, characters);
}
