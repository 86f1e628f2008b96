import * as v from 'valibot';
import type { Composition } from './composition-api';
import { task } from './request-fields';
import { answer, type RequestTable } from './request-table';
import { INDICATORS, type Undertrained } from './undertrained-api';

/* What can be asked about the vocabulary of a model: a part of the table of requests, which `requests.ts` is. */

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
    views: { isRemembered: true, isRecorded: false },
  },
} satisfies RequestTable;
