import * as v from 'valibot';
import { type Sentence, sentence } from '../shared/errors';
import { failureOf as dataOf, type Failure } from '../shared/failure';
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

export const failureSchema: v.GenericSchema<Failure> = v.object({
  code: v.string(),
  text: v.union([v.string(), sentenceSchema]),
});

/** Any thrown value as data. */
export function failureOf(error: unknown): Failure {
  return dataOf(error, (defect) => ({
    code: 'engine.defect',
    text: sentence`The engine failed: ${reasonOf(defect)}. Try again, or restart the engine.`,
  }));
}
