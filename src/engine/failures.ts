import * as v from 'valibot';
import { type Sentence, sentence, VitrineError } from '../shared/errors';
import { reasonOf } from '../shared/system-errors';

const sentenceSchema: v.GenericSchema<Sentence> = v.object({
  template: v.string(),
  values: v.array(
    v.union([
      v.string(),
      v.number(),
      // A damaged file may hold it, and the sentence says so.
      v.nan(),
      v.object({ bytes: v.number() }),
      v.object({ number: v.number(), decimals: v.number() }),
      v.lazy(() => sentenceSchema),
    ]),
  ),
});

/** What a VitrineError is made of: its class would not survive the way between processes. */
export const failureSchema = v.object({ code: v.string(), text: v.union([v.string(), sentenceSchema]) });
export type Failure = v.InferOutput<typeof failureSchema>;

/** Any thrown value as data. */
export function failureOf(error: unknown): Failure {
  if (error instanceof VitrineError) return { code: error.code, text: error.sentence ?? error.message };
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'task.cancelled', text: sentence`Cancelled.` };
  return {
    code: 'engine.defect',
    text: sentence`The engine failed: ${reasonOf(error)}. Try again, or restart the engine.`,
  };
}
