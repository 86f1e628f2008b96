import { beforeAll, describe, expect, test, vi } from 'vitest';
import { answersOf } from '../../src/engine/answers';
import { Engine } from '../../src/engine/engine';
import { checkedMethod } from '../../src/extension/inspector/requests';
import { createLenses } from '../../src/inspector';
import type { InspectorHost } from '../../src/shared/inspector-api';
import type { ApiOf } from '../../src/shared/request-table';
import type { EngineApi } from '../../src/shared/requests';
import { refusals } from '../../webviews/recorded/refusals';
import { AnswerCache } from '../../webviews/store/answer-cache';
import { rememberedLenses } from '../../webviews/store/remembered-lenses';
import type { copiesRequest } from '../support/copies-lens';
import { loadRequest, nextTask } from '../support/engine';
import { llamaFixture, readReference } from '../support/llama-fixtures';

/*
 * A lens is one entry in the table of requests and one in the table of lenses. Here one is added to both, and nothing
 * else is: it must then be there everywhere.
 */

vi.mock('../../src/shared/requests', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/shared/requests')>();
  const { copiesRequest } = await import('../support/copies-lens');
  return { ...original, requests: { ...original.requests, copies: copiesRequest } };
});

vi.mock('../../src/engine/lenses', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/engine/lenses')>();
  const { copies } = await import('../support/copies-lens');
  return { lenses: { ...original.lenses, copies } };
});

type Copies = ApiOf<{ copies: typeof copiesRequest }>;

/** The engine as its client gives it, without a process between. */
function api(): EngineApi & Copies {
  const answers = answersOf(new Engine({ progress() {} }));
  const ask = async (name: string, request: unknown) => {
    const answer = await answers[name as keyof typeof answers](request);
    if ('error' in answer) throw Object.assign(new Error(), answer.error);
    return answer.value;
  };
  return Object.fromEntries(
    Object.keys(answers).map((name) => [name, (request: unknown) => ask(name, request)]),
  ) as unknown as EngineApi & Copies;
}

describe('a lens that is added', () => {
  const { text, ids } = readReference('grouped');
  const expected = ids.map((id, position) =>
    Math.min(2, ids.slice(0, position).filter((other) => other === id).length),
  );
  const engine = api();
  let trace: number;
  beforeAll(async () => {
    await engine.load(loadRequest({ path: llamaFixture('grouped') }));
    trace = (await engine.forward({ task: nextTask(), text })).trace;
  });

  test('is answered by the engine, its defaults filled in', async () => {
    const counts = await engine.copies({ trace });
    expect([...counts]).toEqual(expected);
    expect(Math.max(...(await engine.copies({ trace, most: 1 })))).toBe(1);
  });

  test('is checked as all are', async () => {
    await expect(engine.copies({ trace, most: -1 })).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(engine.copies({ trace: 0 })).rejects.toMatchObject({ code: 'trace.gone' });
  });

  test('can be asked by a view, with what has the right form', async () => {
    const host = createLenses(engine) as unknown as InspectorHost & Copies;
    const method = checkedMethod(host, 'copies') ?? expect.fail('it cannot be asked');
    expect([...((await method({ trace })) as Uint32Array)]).toEqual(expected);
    await expect(method({ trace: 'x' })).rejects.toThrow();
  });

  test('is remembered by the views', async () => {
    const asked = vi.fn(engine.copies);
    const answers = new AnswerCache(1e6, { newTask: nextTask, cancel() {} });
    const lenses = rememberedLenses({ ...createLenses(engine), copies: asked } as never, answers) as unknown as Copies;
    expect(await lenses.copies({ trace })).toBe(await lenses.copies({ trace }));
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test('is refused in a sentence by a file that was made without the model', async () => {
    const host = refusals() as unknown as Copies;
    await expect(host.copies({ trace: 0 })).rejects.toThrow(
      'This file holds no answer to that. Open the text in Vitrine to ask the model.',
    );
  });
});
