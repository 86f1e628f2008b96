import { describe, expect, test, vi } from 'vitest';
import { AnswerCache } from '../../../webviews/store/answer-cache';
import type { Question } from '../../../webviews/store/pending-answer';

const LIMIT = 10_000;

function newCache() {
  const cancel = vi.fn();
  let task = 0;
  return { cancel, cache: new AnswerCache(LIMIT, { newTask: () => ++task, cancel }) };
}

/** A question whose answer comes when the test gives it. */
function asked(question: Omit<Question<unknown>, 'ask'>) {
  let resolve = (_answer: unknown) => {};
  let reject = (_error: Error) => {};
  const promise = new Promise((give, fail) => {
    [resolve, reject] = [give, fail];
  });
  const ask = vi.fn((_task: number) => promise);
  return { question: { ...question, ask }, ask, resolve, reject };
}

/** So that all that can go on has gone on. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('an answer of the host', () => {
  test('is asked for once, however many ask and when', async () => {
    const { cache } = newCache();
    const { question, ask, resolve } = asked({ key: 'heads' });
    const both = [cache.get(question), cache.get(question, { signal: new AbortController().signal })];
    const answer = { heads: 9 };
    resolve(answer);
    for (const one of [...both, cache.get(question)]) expect(await one).toBe(answer);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test('that failed is asked for again', async () => {
    const { cache } = newCache();
    const failing = asked({ key: 'heads' });
    failing.reject(new Error('The engine stopped.'));
    await expect(cache.get(failing.question)).rejects.toThrow('stopped');
    const good = asked({ key: 'heads' });
    good.resolve(1);
    expect(await cache.get(good.question)).toBe(1);
  });

  test('leaves when there is no more room, the one that was asked for longest ago first', async () => {
    const { cache } = newCache();
    const pattern = (key: string, length: number) => {
      const ask = vi.fn(async () => ({ maximum: new Float32Array(length), mean: new Float32Array(length) }));
      return { key, ask };
    };
    const [one, two, three] = [pattern('one', 500), pattern('two', 500), pattern('three', 500)];
    const large = pattern('large', 5000);
    await cache.get(one);
    await cache.get(two);
    await cache.get(one);
    await cache.get(three);
    expect(cache.bytes).toBeGreaterThan(8000);
    expect(cache.bytes).toBeLessThanOrEqual(LIMIT);
    await cache.get(large);
    expect(cache.bytes).toBeLessThanOrEqual(LIMIT);
    await Promise.all([cache.get(one), cache.get(three)]);
    await cache.get(two);
    expect([one, two, three].map(({ ask }) => ask.mock.calls.length)).toEqual([1, 2, 1]);
  });

  test('has the bytes of its arrays, those that are there twice once', async () => {
    const { cache } = newCache();
    const weights = new Float32Array(1000);
    await cache.get({ key: 'x', ask: async () => ({ maximum: weights, mean: weights }) });
    expect(cache.bytes).toBeGreaterThanOrEqual(4000);
    expect(cache.bytes).toBeLessThan(4200);
  });

  test('of a trace is forgotten with it, also what is on its way; what is known of the model stays', async () => {
    const { cache } = newCache();
    const describe = vi.fn(async () => 'token');
    await cache.get({ key: 'describe', ask: describe });
    const heads = vi.fn(async () => 'heads');
    await cache.get({ key: 'heads', trace: 1, ask: heads });
    const late = asked({ key: 'predictions', trace: 1 });
    const waiting = cache.get(late.question);
    cache.forgetTraces();
    late.resolve('predictions');
    expect(await waiting).toBe('predictions');
    await cache.get({ key: 'describe', ask: describe });
    await cache.get({ key: 'heads', trace: 1, ask: heads });
    await cache.get(late.question);
    expect([describe, heads, late.ask].map(({ mock }) => mock.calls.length)).toEqual([1, 2, 2]);
    cache.clear();
    expect(cache.bytes).toBe(0);
  });
});

describe('an asker who leaves', () => {
  test('alone cancels long work, and is told why at once', async () => {
    const { cache, cancel } = newCache();
    const { question, ask } = asked({ key: 'rollout', isTask: true });
    const controller = new AbortController();
    const began = vi.fn();
    const waiting = cache.get(question, { signal: controller.signal, began });
    await settle();
    expect(ask).toHaveBeenCalledWith(1);
    expect(began).toHaveBeenCalledWith(1);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(cancel).toHaveBeenCalledExactlyOnceWith(1);
    // Who asks then begins anew.
    const again = asked({ key: 'rollout', isTask: true });
    again.resolve('shares');
    expect(await cache.get(again.question)).toBe('shares');
  });

  test('leaves it to those who still wait', async () => {
    const { cache, cancel } = newCache();
    const { question, resolve } = asked({ key: 'rollout', isTask: true });
    const controller = new AbortController();
    const began = vi.fn();
    const leaving = cache.get(question, { signal: controller.signal });
    const staying = cache.get(question, { began });
    controller.abort();
    await expect(leaving).rejects.toThrow();
    resolve('shares');
    expect(await staying).toBe('shares');
    expect(began).toHaveBeenCalledWith(1);
    expect(cancel).not.toHaveBeenCalled();
  });

  test('before its turn is not asked for, and the next in turn is', async () => {
    const { cache, cancel } = newCache();
    const [first, second, third] = [asked({ key: '1' }), asked({ key: '2', isTask: true }), asked({ key: '3' })];
    const controller = new AbortController();
    const stays = () => ({ signal: new AbortController().signal });
    const one = cache.get(first.question, stays());
    const two = cache.get(second.question, { signal: controller.signal });
    const three = cache.get(third.question, stays());
    await settle();
    expect([first, second, third].map(({ ask }) => ask.mock.calls.length)).toEqual([1, 0, 0]);
    controller.abort();
    await expect(two).rejects.toThrow();
    third.resolve(3);
    first.resolve(1);
    expect([await one, await three]).toEqual([1, 3]);
    expect(second.ask).not.toHaveBeenCalled();
    expect(cancel).not.toHaveBeenCalled();
  });

  test('of short work leaves an answer to those who come later', async () => {
    const { cache } = newCache();
    const { question, ask, resolve } = asked({ key: 'attention' });
    const controller = new AbortController();
    const leaving = cache.get(question, { signal: controller.signal });
    await settle();
    controller.abort();
    await expect(leaving).rejects.toThrow();
    resolve('pattern');
    expect(await cache.get(question)).toBe('pattern');
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
