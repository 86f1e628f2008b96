import * as v from 'valibot';
import type { Composition } from './composition-api';
import { index, task } from './request-fields';
import { answer, type RequestTable } from './request-table';
import { INDICATORS, type Undertrained, type VerifiedToken } from './undertrained-api';

/* What can be asked about the vocabulary of a model: a part of the table of requests, which `requests.ts` is. */

/** Needs the model, which an exported file does not have. */
const live = { isRemembered: true, isRecorded: false } as const;

export const vocabularyRequests = {
  /** What the tokens of the vocabulary are. */
  composition: {
    schema: v.object({}),
    answer: answer<Composition>(),
    views: { isRemembered: true, isRecorded: true },
  },

  /** Tokens that the model has hardly been trained on. */
  undertrained: {
    schema: v.object({
      task,
      /** By default the length of the row of the embedding, or where that is the unembedding too, the distance. */
      indicator: v.optional(v.picklist(INDICATORS)),
    }),
    answer: answer<Undertrained>(),
    isTask: true,
    views: live,
  },

  /** How probable the model finds each of some tokens where it is to repeat it. */
  verifyUndertrained: {
    schema: v.object({ task, ids: v.array(index) }),
    answer: answer<VerifiedToken[]>(),
    isTask: true,
    views: live,
  },
} satisfies RequestTable;
