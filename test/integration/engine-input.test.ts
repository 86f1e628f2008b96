import { describe, expect, it } from 'vitest';
import { render } from '../../src/display/sentences';
import { loadRequest, nextTask, readAll, useEngine } from '../support/engine';

describe('texts that no one would type', () => {
  const use = useEngine();

  it.each([
    ['a lone high surrogate', 'a\ud83d b'],
    ['a lone low surrogate', '\udc00'],
    ['NUL', 'a\u0000b'],
    ['a byte order mark', '\ufeffThe mouse'],
    ['control characters that the vocabulary lacks', 'a\u0004b\u0006c'],
    ['a token that is not closed', '<|im_start|>user'],
    ['one character', 'x'],
    ['right-to-left text', 'אכל העכבר את הגבינה'],
    ['a family of emoji', '👨‍👩‍👧‍👦'],
  ])('%s is read, and spans stay in the text', async (_, text) => {
    const { ids, starts, ends, logprob } = await readAll(use.engine, text);
    expect(ids.length).toBeGreaterThan(0);
    expect(Number.isNaN(logprob[0])).toBe(true);
    expect(logprob.subarray(1).every((value) => value <= 0 && Number.isFinite(value))).toBe(true);
    for (let i = 0; i < ids.length; i++) {
      expect(starts[i]).toBeLessThan(ends[i] as number);
      expect(ends[i]).toBeLessThanOrEqual(text.length);
    }
  });

  it('characters that the vocabulary lacks are listed', async () => {
    const { dropped } = await use.engine.forward({ task: nextTask(), text: 'a\u0004b' });
    expect(dropped).toEqual([{ start: 1, end: 2 }]);
  });

  it.each([
    ['an empty text', '', 'text.empty'],
    ['a text of which the vocabulary has no character', '\u0004\u0006', 'text.unseen'],
  ])('%s is refused in a sentence', async (_, text, code) => {
    await expect(use.engine.forward({ task: nextTask(), text })).rejects.toMatchObject({ code });
  });

  it('a text past the context says how many tokens it has and how many fit', async () => {
    const failed = await use.engine.forward({ task: nextTask(), text: 'a'.repeat(1_000_000) }).catch((error) => error);
    expect(failed.code).toBe('text.long');
    expect(render(failed.sentence)).toMatch(/has [\d,]+ tokens, and the context of .* has room for 8,192\./);
  });

  it.each([
    ['none', [], 'text.empty'],
    ['more than fit the context', new Array(8193).fill(1), 'text.long'],
    ['one that the vocabulary lacks', [1, 49152], 'tokenizer.id'],
  ])('token ids are refused in a sentence: %s', async (_, ids, code) => {
    await expect(use.engine.forwardTokens({ task: nextTask(), ids })).rejects.toMatchObject({ code });
  });

  it('tokens that no tokenizer would make of a text are read all the same', async () => {
    const { ids } = await readAll(use.engine, 'cheese');
    const letters = Array.from('cheese', async (letter) => (await readAll(use.engine, letter)).ids[0] as number);
    expect(ids.length).toBeLessThan(letters.length);
    const pass = await use.engine.forwardTokens({ task: nextTask(), ids: await Promise.all(letters) });
    const { logprob } = await use.engine.predictions({ trace: pass.trace, from: 0, to: letters.length });
    expect(logprob.subarray(1).every((value) => value < 0)).toBe(true);
  });

  it.each([
    ['load', { task: 1, path: 3 }],
    ['forwardTokens', { task: 1, ids: [1.5] }],
    ['forward', { task: 1, text: 'a', headMask: [{ layer: -1, head: 0, value: 1 }] }],
    ['forward', { task: 1, text: 'a', headMask: [{ layer: 0, head: 0, value: Number.NaN }] }],
    ['continuation', { task: 1, trace: 1, count: 0 }],
    ['continuation', { task: 1, trace: 1, count: 1, sampling: { temperature: -1 } }],
  ] as const)('a request to %s that is malformed is refused: %j', async (method, request) => {
    const call = use.engine[method] as (request: unknown) => Promise<unknown>;
    await expect(call(request)).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('what was computed with an earlier model is not taken for that of the next one', async () => {
    const { trace } = await readAll(use.engine, 'The mouse');
    await use.engine.load(loadRequest());
    const next = await readAll(use.engine, 'The mouse');
    expect(next.trace).not.toBe(trace);
    await expect(use.engine.heads({ trace })).rejects.toMatchObject({ code: 'trace.gone' });
  });

  it('a model that cannot be loaded leaves the one in use', async () => {
    const { ids } = await readAll(use.engine, 'The mouse');
    await expect(use.engine.load(loadRequest({ path: '/no/such/model.gguf' }))).rejects.toMatchObject({
      code: 'file.missing',
    });
    await expect(use.engine.load(loadRequest({ provider: 'coreml' }))).rejects.toMatchObject({
      code: 'provider.missing',
    });
    expect((await readAll(use.engine, 'The mouse!')).ids.length).toBe(ids.length + 1);
  });

  it('two tasks under one number are refused', async () => {
    const task = nextTask();
    const first = use.engine.forward({ task, text: 'The mouse ate' });
    await expect(use.engine.forward({ task, text: 'The mouse' })).rejects.toMatchObject({ code: 'request.task' });
    expect((await first).ids.length).toBe(3);
  });

  it('a range, layer or head that is not there is refused by name', async () => {
    const { trace, ids } = await readAll(use.engine, 'The mouse');
    const { engine } = use;
    const range = { code: 'request.range' };
    await expect(engine.predictions({ trace, from: 0, to: ids.length + 1 })).rejects.toMatchObject(range);
    await expect(engine.attention({ trace, layer: 30, head: 0 })).rejects.toMatchObject(range);
    await expect(engine.attention({ trace, layer: 0, head: 9 })).rejects.toMatchObject(range);
    await expect(engine.attention({ trace, layer: 0, head: 0, rows: { from: 1, to: 1 } })).rejects.toMatchObject(range);
    await expect(engine.logitLens({ trace, layers: [31], from: 0, to: 1 })).rejects.toMatchObject(range);
    await expect(engine.distribution({ trace, position: ids.length })).rejects.toMatchObject(range);
    await expect(engine.heads({ trace: 10_000 })).rejects.toMatchObject({ code: 'trace.gone' });
  });
});
