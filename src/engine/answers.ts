import * as v from 'valibot';
import { sentence, VitrineError } from '../shared/errors';
import type { Failure } from '../shared/failure';
import { type RequestName, requests } from '../shared/requests';
import type { Engine } from './engine';
import { failureOf } from './failures';

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
    return { error: failureOf(error) };
  }
}
