import * as v from 'valibot';
import { QUANTITIES } from '../../display/quantities';

const offset = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A document that is coloured, and by what, for a window that is loaded again. */
export const colouredDocument = v.object({
  uri: v.string(),
  quantity: v.picklist([...QUANTITIES, 'difference']),
  /** In UTF-16 offsets; undefined where it is coloured as far as someone sees it. */
  selections: v.optional(v.array(v.object({ start: offset, end: offset }))),
});
export type ColouredDocument = v.InferOutput<typeof colouredDocument>;
