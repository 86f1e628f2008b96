import * as v from 'valibot';
import { type Sentence, sentence, VitrineError } from '../shared/errors';
import { type RequestName, requests } from '../shared/requests';
import { reasonOf } from '../shared/system-errors';
import type { Engine } from './engine';

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
type Failure = v.InferOutput<typeof failureSchema>;

export type Answer = { value: unknown } | { error: Failure };

export type Answers = { [M in RequestName]: (request: unknown) => Promise<Answer> };

/** The engine's methods as another process may call them: what comes in is checked, what is thrown goes out as data. */
export function answersOf(engine: Engine): Answers {
  const methods = Object.keys(requests) as RequestName[];
  return Object.fromEntries(
    methods.map((method) => [method, (request: unknown) => answer(engine, method, request)]),
  ) as Answers;
}

async function answer(engine: Engine, method: RequestName, request: unknown): Promise<Answer> {
  try {
    const parsed = v.safeParse(requests[method].schema, request);
    if (!parsed.success) {
      throw new VitrineError(
        'request.invalid',
        sentence`The request '${method}' is not valid: ${v.summarize(parsed.issues)}`,
      );
    }
    return { value: await engine.answer(method, parsed.output) };
  } catch (error) {
    return { error: describe(error) };
  }
}

function describe(error: unknown): Failure {
  if (error instanceof VitrineError) return { code: error.code, text: error.sentence ?? error.message };
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'task.cancelled', text: sentence`Cancelled.` };
  return {
    code: 'engine.defect',
    text: sentence`The engine failed: ${reasonOf(error)}. Try again, or restart the engine.`,
  };
}
