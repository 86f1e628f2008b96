import * as v from 'valibot';
import type { Lens } from '../../src/engine/lenses/lens';
import { index } from '../../src/shared/request-fields';
import { answer, type RequestEntry } from '../../src/shared/request-table';

/** A lens that Vitrine does not have: how many earlier copies each token of a text has. This would stand in `requests.ts`. */
export const copiesRequest = {
  schema: v.object({ trace: index, most: v.optional(index, 2) }),
  answer: answer<Uint32Array>(),
  views: { isRemembered: true, isRecorded: false },
} satisfies RequestEntry;

/** And this in `src/engine/lenses`. */
export const copies: Lens<typeof copiesRequest> = {
  runsGraph: false,
  answer: ({ most }, { trace: { ids } }) =>
    ids.map((id, position) => Math.min(most, ids.subarray(0, position).filter((other) => other === id).length)),
};
