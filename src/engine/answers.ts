import * as v from 'valibot';
import { type Requests, requests } from '../shared/engine-api';
import { messageOf, VitrineError } from '../shared/errors';
import type { Engine } from './engine';

/** A result or an error: an error's class and code would not survive the way between processes. */
export type Answer = { value: unknown } | { error: { code: string; message: string } };

export type Answers = { [M in keyof Requests]: (request: unknown) => Promise<Answer> };

/** The engine's methods as another process may call them: what comes in is checked, what is thrown goes out as data. */
export function answersOf(engine: Engine): Answers {
  const methods = Object.keys(requests) as (keyof Requests)[];
  return Object.fromEntries(
    methods.map((method) => [method, (request: unknown) => answer(engine, method, request)]),
  ) as Answers;
}

async function answer(engine: Engine, method: keyof Requests, request: unknown): Promise<Answer> {
  try {
    const parsed = v.safeParse(requests[method], request);
    if (!parsed.success) {
      throw new VitrineError('request.invalid', `The request '${method}' is not valid: ${v.summarize(parsed.issues)}`);
    }
    // The schema of a method is what its implementation takes; the table loses that connection.
    const implementation = engine[method] as (request: unknown) => Promise<unknown>;
    return { value: await implementation.call(engine, parsed.output) };
  } catch (error) {
    return { error: describe(error) };
  }
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof VitrineError) return { code: error.code, message: error.message };
  if (error instanceof Error && error.name === 'AbortError') return { code: 'task.cancelled', message: 'Cancelled.' };
  return {
    code: 'engine.defect',
    message: `The engine failed: ${messageOf(error).replace(/\.+$/, '')}. Try again, or restart the engine.`,
  };
}
