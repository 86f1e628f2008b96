import * as v from 'valibot';
import { index } from '../../shared/request-fields';

/* What is asked over a share, and answered. Everything that comes in is checked by these. */

/** First of all: the key of the share, and the text that is meant. */
export const hello = v.object({ key: v.string(), trace: index });

/** Its answer. The bytes of each token that stands in the text, in hexadecimal, by its id. */
export const sharedText = v.object({
  vocabSize: v.pipe(index, v.minValue(1)),
  ids: v.array(index),
  texts: v.record(v.string(), v.string()),
});

/** What is then asked, as often as one likes; the answer is float32 [positions, vocabSize]. */
export const askedRows = v.object({ positions: v.array(index) });
