import * as v from 'valibot';
import { askedModel, count, gain, head, index, rows, task } from './request-fields';
import { answer, type RequestTable } from './request-table';
import type { Directions, HeadSources, Measured, Neurons, Occluded, PatchGrid, TokenVectors, Why } from './why-api';

/* What can be asked about the cause of a token: a part of the table of requests, which `requests.ts` is. */

const shown = { isRemembered: true, isRecorded: true } as const;
const live = { isRemembered: true, isRecorded: false } as const;

/** A token of a trace, from position 1 to its length: at the end the one that would come next. */
const asked = v.object({
  trace: index,
  position: count,
  /** By default the one that stands there, and at the end of the text the most probable one. */
  token: v.optional(index),
  /** What it is held against: by default the most probable other token. */
  against: v.optional(index),
});

const part = v.variant('kind', [
  v.object({ kind: v.literal('head'), ...head.entries }),
  v.object({ kind: v.literal('attention'), layer: index }),
  v.object({ kind: v.literal('mlp'), layer: index }),
  v.object({ kind: v.literal('layer'), layer: index }),
  v.object({ kind: v.literal('token'), position: index }),
]);

/** What stands in place of what a part gives: itself times a number, its mean over the text, or what it gave in another run of as many tokens. */
const replacement = v.variant('kind', [
  v.object({ kind: v.literal('gain'), value: gain }),
  v.object({ kind: v.literal('mean') }),
  v.object({ kind: v.literal('resample'), trace: index }),
]);

export const PATCH_SITES = ['residual', 'attention', 'mlp', 'head'] as const;

/** Texts of one kind and of another. */
const asDirections = v.object({
  task,
  positive: v.array(v.string()),
  negative: v.array(v.string()),
  method: v.optional(v.picklist(['mean', 'pca']), 'pca'),
});

export const whyRequests = {
  /** What each part of the model wrote for a token and against another. */
  why: { schema: asked, answer: answer<Why>(), views: shown },

  /** One head of that, over the tokens of the text. */
  headSources: {
    schema: v.object({ ...asked.entries, ...head.entries }),
    answer: answer<HeadSources>(),
    views: shown,
  },

  /** One feed-forward part of that, over its neurons. */
  neurons: {
    schema: v.object({ ...asked.entries, layer: index, count: v.optional(count, 10), tokens: v.optional(count, 5) }),
    answer: answer<Neurons>(),
    views: live,
  },

  /** One entry a layer: the vectors that it makes of a token, as numbers. */
  vectors: {
    schema: v.object({ trace: index, position: index }),
    answer: answer<TokenVectors[]>(),
    views: live,
  },

  /** Each of some parts taken away by itself. */
  ablations: {
    schema: v.object({
      task,
      ...asked.entries,
      parts: v.array(part),
      by: v.optional(replacement, { kind: 'gain', value: 0 }),
    }),
    answer: answer<Measured>(),
    isTask: true,
    views: live,
  },

  /** Each of some spans hidden from all tokens after it, in every layer, or read with another token in its place. */
  occlusion: {
    schema: v.object({
      task,
      trace: index,
      /** The tokens whose probability is asked for; the last may be the one after the end. */
      targets: rows,
      /** In place of those that stand there: one for each target. */
      ids: v.optional(v.array(index)),
      spans: v.array(rows),
      /** The token that every token of a span becomes; by default it is hidden. */
      replacement: v.optional(index),
    }),
    answer: answer<Occluded>(),
    isTask: true,
    views: live,
  },

  /**
   * Activation patching (Meng et al. 2022, arXiv 2202.05262; Wang et al. 2022, arXiv 2211.00593): the run of `trace` with
   * what another run of as many tokens gave at one place, for every place of a grid. The last layers are the cheapest.
   */
  patchGrid: {
    schema: v.object({
      task,
      ...asked.entries,
      /** The run that patches come from. */
      source: index,
      site: v.picklist(PATCH_SITES),
      layers: rows,
      /** Columns: positions, or of the site `head` heads, at all positions. */
      columns: rows,
    }),
    answer: answer<PatchGrid>(),
    isTask: true,
    views: live,
  },

  /** A direction of each layer, from texts that have something and texts that lack it: of pairs, the last token's residual streams. */
  directions: {
    schema: asDirections,
    answer: answer<Directions>(),
    isTask: true,
    views: { ...live, schema: v.object({ ...asDirections.entries, ...askedModel.entries }) },
  },
} satisfies RequestTable;
