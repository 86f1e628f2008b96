import * as v from 'valibot';
import type { ChatTemplate } from './chat';
import type { DistributionShare, TokenDifferences } from './difference-api';
import { count, index, task } from './request-fields';
import { answer, type RequestTable } from './request-table';

/* What can be asked about two models, and about chats: a part of the table of requests, which `requests.ts` is. */

const positions: v.GenericSchema<Uint32Array> = v.instance(Uint32Array);

export const differenceRequests = {
  /** Opens a place where another engine may ask for distributions of this one's traces; the same at every call. */
  shareDistributions: { schema: v.object({}), answer: answer<DistributionShare>() },

  /**
   * Lets go of everything of the model but what gives the distributions of the traces that are there, for another model to
   * have the memory. What needs the rest loads it again.
   */
  releaseDecoder: { schema: v.object({}), answer: answer<undefined>() },

  /**
   * Two traces at pairs of positions, over the whole vocabulary; nothing of V entries is kept. Where one model has more ids than
   * the other (rows of its embedding that stand for no token, or tokens that an adapter added), all is said of the ids that
   * both have, as if there were no others: both distributions are normalised over these.
   */
  difference: {
    schema: v.object({
      task,
      /** Of A. */
      trace: index,
      /** Of B: in this engine, or in the one that shares its distributions there. */
      other: v.object({
        trace: index,
        share: v.optional(v.object({ address: v.string(), key: v.string() })),
      }),
      /** From 1 on, one entry a pair; the token that stands at both is the same. By default all of two traces of the same tokens. */
      positions: v.optional(v.object({ a: positions, b: positions })),
      topK: v.optional(count, 5),
      /**
       * Whether A and KL(A ‖ B) are as llama.cpp has them: ln p_A in 16 bits over the 16 nats below the largest logit, and of
       * KL the tokens left out of which ln p_A ≤ −16. The rest, entropy and KL(B ‖ A) among it, is exact.
       */
      asLlamaCpp: v.optional(v.boolean(), false),
    }),
    answer: answer<TokenDifferences>(),
    isTask: true,
  },

  /** Of the model; undefined where it has none. */
  chatTemplate: { schema: v.object({}), answer: answer<ChatTemplate | undefined>() },
} satisfies RequestTable;
