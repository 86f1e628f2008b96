import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import type { Ask } from '../../src/extension/server/asking-first';
import { servedForm } from '../../src/extension/server/served-form';
import type { ServerKeys } from '../../src/extension/server/server-keys';
import { ServerTraffic } from '../../src/extension/server/server-traffic';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { nextTask, useEngine } from '../support/engine';
import { type Asked, type FakeOptions, startFakeModelServer } from '../support/fake-model-server';
import { numbersOf } from '../support/model-numbers';

vi.mock('vscode', () => import('../support/editor-api'));

const TEXT = 'Nobody outside may read this: 327 🧀';

const state = useEngine();
const numbers = numbersOf(() => state.engine);
let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = createTokenizer(await state.engine.vocabulary({}));
});

/** A window that is connected, and in which a person is asked. */
async function connected(ask: Ask, change: Partial<FakeOptions> = {}) {
  const options: FakeOptions = { kind: 'vllm', numbers, tokenizer, ...change };
  const fake = await startFakeModelServer(options);
  const traffic = new ServerTraffic();
  const entry = { address: fake.address, model: 'smollm2', tokenizer: defaultModelPath() };
  const keys = { of: async (address: string) => `key-of-${address}` } as unknown as ServerKeys;
  const form = servedForm({ entry, keys, traffic, ask, allowBackground: async () => {}, folder: undefined });
  const start = async () => {
    const { engine, model } = form.start(() => {});
    onTestFinished(() => engine.stop());
    await model;
    return engine;
  };
  const sent = () => fake.asked.map(({ body }) => textIn(body)).filter((text) => text.includes('Nobody'));
  return { fake, options, traffic, start, engine: await start(), sent };
}

const textIn = (body: Asked): string => (body?.prompt ? tokenizer.decode(Uint32Array.from(body.prompt)) : '');
const forward = (task = nextTask()) => ({ task, text: TEXT });

describe('a text of a window whose model runs on a server', () => {
  it('is sent once a person has agreed, who is told its size; then it shows that one is under way', async () => {
    let agree = () => {};
    const asked: unknown[] = [];
    const { engine, traffic, sent } = await connected((...what) => {
      asked.push(what);
      return new Promise((resolve) => (agree = resolve));
    });
    const seen: boolean[] = [];
    traffic.onDidChange(() => seen.push(traffic.isSending));
    const reading = engine.forward(forward());
    await vi.waitFor(() => expect(asked).toEqual([[{ characters: 36, bytes: 38 }, false]]));
    expect(sent()).toEqual([]);
    expect(traffic.lastSent).toBeUndefined();
    agree();
    const { ids } = await reading;
    expect(sent()).toEqual([TEXT]);
    expect(seen).toEqual([true, false]);
    expect(traffic.lastSent).toEqual({ characters: 36 });
    // The same text as tokens.
    const again = engine.forwardTokens({ task: nextTask(), ids: Array.from(ids) });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]).toEqual(asked[0]);
    agree();
    await again;
  });

  it.each(['forward', 'forwardTokens', 'score', 'scoreInBackground'] as const)(
    'is not sent by %s where a person does not agree',
    async (name) => {
      const refused = new Error('no');
      const { engine, sent } = await connected(() => Promise.reject(refused));
      const ids = Array.from(tokenizer.encode(TEXT).ids);
      const request = { ...forward(), ids } as never;
      await expect((engine[name] as (of: never) => Promise<unknown>)(request)).rejects.toBe(refused);
      expect(sent()).toEqual([]);
    },
  );

  it.each(['predictions', 'continuation'] as const)(
    'is not sent once more by %s where a person no longer agrees',
    async (name) => {
      const refused = new Error('no longer');
      let agrees = true;
      const { engine, sent } = await connected(async () => {
        if (!agrees) throw refused;
      });
      const { trace, ids } = await engine.forward(forward());
      agrees = false;
      const rows = { from: 0, to: ids.length, topK: 20 };
      const request = { task: nextTask(), trace, ...rows, count: 1, sampling: { temperature: 0 } } as never;
      await expect((engine[name] as (of: never) => Promise<unknown>)(request)).rejects.toBe(refused);
      expect(sent()).toEqual([TEXT]);
    },
  );

  it('is not sent where nobody waits for it any longer when a person agrees', async () => {
    let agree = () => {};
    const { engine, sent } = await connected(() => new Promise((resolve) => (agree = resolve)));
    const task = nextTask();
    const reading = engine.forward(forward(task));
    await engine.cancel({ task });
    agree();
    await expect(reading).rejects.toMatchObject({ code: 'task.cancelled' });
    expect(sent()).toEqual([]);
  });

  it('goes nowhere where another model has taken the place of the first when the engine starts anew', async () => {
    const { engine, options, start, sent } = await connected(async () => {});
    await engine.stop();
    options.broken = (answer: Asked) => {
      const copy = structuredClone(answer);
      for (const entry of copy.choices[0].prompt_logprobs ?? [])
        for (const each of Object.values<Asked>(entry ?? {})) each.logprob *= 1.5;
      return copy;
    };
    await expect(start()).rejects.toMatchObject({ code: 'server.changed' });
    expect(sent()).toEqual([]);
  });

  it('goes with the key of its own server', async () => {
    const { fake, engine } = await connected(async () => {});
    await engine.forward(forward());
    expect(new Set(fake.asked.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer key-of-${fake.address}`]),
    );
  });
});
