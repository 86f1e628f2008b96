import * as v from 'valibot';
import type { Additions, MatrixImage, ModelAnatomy, WeightBlock } from './anatomy-api';
import { differenceRequests } from './difference-requests';
import type {
  AttentionPattern,
  CompiledModelInfo,
  Continuation,
  EngineStatus,
  HeadRow,
  HeadSummary,
  LayerExperts,
  LogitLens,
  ModelInfo,
  Pass,
  Predictions,
  Thumbnails,
  TokenDescription,
  TokenScores,
  TraceInfo,
} from './engine-api';
import type { Sentence } from './errors';
import type { MachineLimits, PartTimes } from './part-times-api';
import {
  adapter,
  askedModel,
  cache,
  count,
  index,
  interventions,
  positive,
  provider,
  rows,
  sampling,
  task,
  weights,
} from './request-fields';
import { type AnswerOf, type ApiOf, answer, type RequestTable } from './request-table';
import type { VocabularySpecification } from './tokens';
import { vocabularyRequests } from './vocabulary-requests';
import type { ControlVector } from './why-api';
import { whyRequests } from './why-requests';

/*
 * Everything that can be asked of the engine, each request once. What is derived from this table: the engine's API and
 * its check of what comes in, what views may ask and its check, what the views remember, and what an exported file
 * refuses. A request with a `trace` is a lens; what computes it is in `src/engine/lenses`.
 */

/**
 * Whether each weight is multiplied by the length of what it weighs, as the head writes it (Kobayashi et al. 2020, arXiv
 * 2004.10102): as a length, or as a share of all that the query's row of the head writes. Attention weights by default.
 */
const valueWeighted = v.optional(v.picklist(['length', 'share']));

/** A view is shown the answer to the same question again, and an exported file has the answers that it was shown. */
const shown = { isRemembered: true, isRecorded: true } as const;
/** Needs the model, which an exported file does not have. */
const live = { isRemembered: true, isRecorded: false } as const;

/** A tensor by its name in the file; of one that holds several matrices, such as those of experts, which of them. */
const matrix = v.object({ task, name: v.string(), number: v.optional(index, 0) });

export const requests = {
  load: {
    schema: v.object({
      task,
      /** A model file; by default the one that comes with Vitrine. */
      path: v.optional(v.string()),
      adapter,
      /** Whether the adapter is kept apart from the model, so that runs may give it a gain; where it cannot be, it is merged. */
      adapterApart: v.optional(v.boolean()),
      provider,
      /** Threads of the CPU's matrix products; by default one a core. */
      threads: v.optional(count),
      /** Tokens of a text at most, where the model would read more. */
      contextLimit: v.optional(count),
      cache,
      weights,
      /**
       * Memory for what was read at most: traces, keys and values. The latest text is kept whatever it takes; of its residual
       * streams only the last, where they take more than this and than half of the memory that is free.
       */
      memoryLimitBytes: v.optional(positive),
      /** Whether more than 2 GB may be written and taken without asking. */
      allowLarge: v.optional(v.boolean(), false),
      /** Whether, after the first text, providers that `auto` may choose later are tried in the background. */
      tryProviders: v.optional(v.boolean()),
    }),
    answer: answer<ModelInfo>(),
    isTask: true,
  },

  /** What compiling a model file takes and what is free, as a sentence; undefined where it was compiled before. Needs no model. */
  space: {
    schema: v.object({
      path: v.optional(v.string()),
      adapter,
      adapterApart: v.optional(v.boolean()),
      cache,
      weights,
    }),
    answer: answer<Sentence | undefined>(),
  },

  /** Runs the model over a text, or finds that it has. */
  forward: {
    schema: v.object({
      task,
      text: v.string(),
      /** Where the text is longer than the context, takes the last tokens that fit instead of failing. */
      truncate: v.optional(v.boolean(), false),
      /** Then drops a multiple of so many tokens, so that a text that grows begins at the same token for a while and its cache is of use. */
      truncateStep: v.optional(count, 1),
      /** Whether control tokens in the text are recognised. */
      special: v.optional(v.boolean(), true),
      ...interventions.entries,
    }),
    answer: answer<TraceInfo>(),
    isTask: true,
    views: {
      // The trace that it names may be gone when it is asked again.
      isRemembered: false,
      isRecorded: true,
      schema: v.object({ task, text: v.string(), ...interventions.entries, ...askedModel.entries }),
      toView: ({ trace, ids, starts, ends }: TraceInfo) => ({ trace, ids, starts, ends }),
    },
  },

  /**
   * The same over token ids, which are taken as they are: a text in which a token was changed would be cut into other
   * tokens. No token is put before them, also where the model wants one before every text.
   */
  forwardTokens: {
    schema: v.object({ task, ids: v.array(index), ...interventions.entries }),
    answer: answer<Pass>(),
    isTask: true,
    views: {
      isRemembered: false,
      isRecorded: false,
      schema: v.object({ task, ids: v.array(index), ...interventions.entries, ...askedModel.entries }),
      toView: ({ trace }: Pass) => ({ trace }),
    },
  },

  /** The same, to know only how probable the tokens are: no trace of it is kept. Natural logarithms, NaN for the first. */
  score: {
    schema: v.object({ task, ids: v.array(index), ...interventions.entries }),
    answer: answer<Float32Array>(),
    isTask: true,
    views: {
      ...shown,
      schema: v.object({ task, ids: v.array(index), ...interventions.entries, ...askedModel.entries }),
    },
  },

  /** The same for what nobody waits for: the keys and values of the text that was read last are left as they are. */
  scoreInBackground: {
    schema: v.object({ task, ids: v.array(index), ...interventions.entries }),
    answer: answer<TokenScores>(),
    isTask: true,
  },

  ...whyRequests,

  ...differenceRequests,

  predictions: {
    schema: v.object({ trace: index, ...rows.entries, topK: v.optional(index, 10) }),
    answer: answer<Predictions>(),
    views: shown,
  },

  heads: {
    schema: v.object({ trace: index }),
    answer: answer<HeadSummary[]>(),
    views: shown,
  },

  /** Of every layer that has experts: which of them saw each token. Nothing of a model without experts. */
  experts: {
    schema: v.object({ trace: index, ...rows.entries }),
    answer: answer<LayerExperts[]>(),
    views: shown,
  },

  thumbnails: {
    schema: v.object({ trace: index, size: v.optional(count, 32) }),
    answer: answer<Thumbnails>(),
    views: shown,
  },

  attention: {
    schema: v.object({
      trace: index,
      layer: index,
      /** The mean of the layer's heads by default. */
      head: v.optional(index),
      /** Which queries; all by default. */
      rows: v.optional(rows),
      /** Rows and columns of the picture at most; a block's largest weight and mean stand for it. Whole by default. */
      size: v.optional(count),
      valueWeighted,
    }),
    answer: answer<AttentionPattern>(),
    views: shown,
  },

  /** [layer, head, key] for the heads that are asked for and the keys 0 to the query; [key] for their mean. */
  attentionOfQuery: {
    schema: v.object({
      trace: index,
      query: index,
      /** Only this layer's heads, and only the heads of this number; all by default. */
      layer: v.optional(index),
      head: v.optional(index),
      /** Whether only their mean is wanted. */
      mean: v.optional(v.boolean(), false),
      valueWeighted,
    }),
    answer: answer<Float32Array>(),
    views: shown,
  },

  /** How the weights of a head at one token come about, from products of queries and keys to what it takes from each token. */
  headRow: {
    schema: v.object({ trace: index, layer: index, head: index, query: index }),
    answer: answer<HeadRow>(),
    views: shown,
  },

  /**
   * Attention followed through all layers, from some tokens to the input: [token, key] for the tokens that are asked for
   * and the keys 0 to the last of them; each token's shares sum to 1.
   */
  rollout: {
    schema: v.object({ task, trace: index, ...rows.entries }),
    answer: answer<Float32Array>(),
    isTask: true,
    views: shown,
  },

  logitLens: {
    schema: v.object({
      trace: index,
      layers: v.optional(v.array(index)),
      ...rows.entries,
      topK: v.optional(count, 5),
      /** Whether through the tuned lens that lies beside the model. */
      tuned: v.optional(v.boolean(), false),
    }),
    answer: answer<LogitLens>(),
    views: shown,
  },

  /** The residual stream that enters a layer; the number of layers stands for what leaves the last. [position, hiddenSize] */
  residual: {
    schema: v.object({ trace: index, layer: index, ...rows.entries }),
    answer: answer<Float32Array>(),
  },

  /** How long what each part of each layer adds to the residual stream is, at every token. */
  additions: {
    schema: v.object({ task, trace: index }),
    answer: answer<Additions>(),
    isTask: true,
    views: shown,
  },

  /** Natural logarithm of the probability of every token of the vocabulary after a position. */
  distribution: {
    schema: v.object({ trace: index, position: index }),
    answer: answer<Float32Array>(),
    views: shown,
  },

  continuation: {
    schema: v.object({ task, trace: index, count, sampling: v.optional(sampling, { temperature: 0 }) }),
    answer: answer<Continuation>(),
    isTask: true,
    views: live,
  },

  /** Reads a control vector of llama.cpp or repeng: [layer, hiddenSize], and what is odd about it. */
  controlVector: { schema: v.object({ path: v.string() }), answer: answer<ControlVector>() },

  /** Directions [layer, hiddenSize] as such a file. */
  controlVectorFile: {
    schema: v.object({ values: v.instance(Float32Array) }),
    answer: answer<Uint8Array>(),
  },

  describe: {
    schema: v.object({ ids: v.array(index) }),
    answer: answer<TokenDescription[]>(),
    views: { ...shown, schema: v.object({ ids: v.array(index), ...askedModel.entries }) },
  },

  /** What the model is made of, as its file has it. */
  anatomy: {
    schema: v.object({}),
    answer: answer<ModelAnatomy>(),
    views: shown,
  },

  /** A matrix of the model as a picture of at most 128 rows and columns, and how its numbers are spread. A vector is a matrix of one row. */
  matrixImage: {
    schema: matrix,
    answer: answer<MatrixImage>(),
    isTask: true,
    views: live,
  },

  /** Of a matrix, the largest first. */
  singularValues: {
    schema: matrix,
    answer: answer<Float32Array>(),
    isTask: true,
    views: live,
  },

  /** A block of a tensor of the model's file, with the weight at a row and a column in it. */
  weightBlock: {
    schema: v.object({ tensor: v.string(), row: index, column: index }),
    answer: answer<WeightBlock>(),
    views: live,
  },

  /** What reading the trace's text takes on this machine, and one token behind it, part by part. */
  partTimes: {
    schema: v.object({ task, trace: index }),
    answer: answer<PartTimes>(),
    isTask: true,
    views: live,
  },

  /**
   * What this machine's processor can do at most: tried when it is first asked for, in under two seconds, and `again` on
   * demand. The best of all tries counts. Needs no model.
   */
  machineLimits: { schema: v.object({ again: v.optional(v.boolean()) }), answer: answer<MachineLimits>(), views: live },

  ...vocabularyRequests,

  /** Of the model: enough to make its tokenizer elsewhere. */
  vocabulary: { schema: v.object({}), answer: answer<VocabularySpecification>() },

  status: { schema: v.object({}), answer: answer<EngineStatus>() },

  /** The one used last first. Needs no model, nor does clearing them. */
  compiledModels: { schema: v.object({ cache }), answer: answer<CompiledModelInfo[]>() },

  /** What was removed. */
  clearCompiledModels: { schema: v.object({ cache }), answer: answer<{ entries: number; bytes: number }>() },

  /** Of a task. Views cancel theirs through their host, which knows them by other numbers. */
  cancel: { schema: v.object({ task }), answer: answer<undefined>() },
} satisfies RequestTable;

type Table = typeof requests;
export type RequestName = keyof Table;

/** What is asked, by name. */
export type Requests = { [M in RequestName]: v.InferInput<Table[M]['schema']> };

/** The same after validation, its defaults filled in. */
export type ValidRequests = { [M in RequestName]: v.InferOutput<Table[M]['schema']> };

export type Responses = { [M in RequestName]: AnswerOf<Table[M]> };

/** What can be asked of the engine. A request that fails rejects with a VitrineError. */
export type EngineApi = ApiOf<Table>;
