import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { createApi } from '../../src/extension/api/api';
import type { SelectedToken } from '../../src/extension/api/selected-token';
import { TokenSource } from '../../src/extension/documents/token-source';
import { EngineHost } from '../../src/extension/engine/engine-host';
import type { ChosenForm, ModelChoice } from '../../src/extension/engine/model-choice';
import { servedForm } from '../../src/extension/server/served-form';
import type { ServerKeys } from '../../src/extension/server/server-keys';
import { ServerTraffic } from '../../src/extension/server/server-traffic';
import type { Services } from '../../src/extension/services';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { EventEmitter } from '../support/editor-api';
import { nextTask, useEngine } from '../support/engine';
import { type ServerKind, startFakeModelServer } from '../support/fake-model-server';
import { numbersOf } from '../support/model-numbers';

vi.mock('vscode', () => import('../support/editor-api'));

const TEXT = 'The mouse ate 327 🧀.';
const LOCAL: ChosenForm = {
  kind: 'file',
  path: undefined,
  name: undefined,
  adapter: undefined,
  adapterApart: false,
  weights: 'auto',
};

const state = useEngine();
let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = createTokenizer(await state.engine.vocabulary({}));
});

/** What other extensions and the tools of a chat ask, in a window that has chosen a server. */
async function chosen(kind: ServerKind) {
  const fake = await startFakeModelServer({ kind, numbers: numbersOf(() => state.engine), tokenizer });
  const entry = { address: fake.address, model: 'smollm2', tokenizer: defaultModelPath() };
  const keys = { of: async () => undefined } as unknown as ServerKeys;
  const [ask, allowBackground] = [async () => {}, async () => {}];
  let form: ChosenForm = servedForm({
    entry,
    keys,
    traffic: new ServerTraffic(),
    ask,
    allowBackground,
    folder: undefined,
  });
  const changed = new EventEmitter<void>();
  const choice = { current: () => form, settings: [], onDidChange: changed.event } as unknown as ModelChoice;
  const log = { info: () => {}, error: () => {} } as never;
  const host = new EngineHost(log, choice);
  const tokens = new TokenSource(choice, host);
  onTestFinished(() => host.dispose());
  const { engine } = await host.use();
  const api = createApi({ host, tokens, readings: { engine } } as unknown as Services, {} as SelectedToken);
  const sent = () => fake.asked.filter(({ body }) => body?.prompt && textOf(body.prompt).includes('327')).length;
  const leave = () => {
    form = LOCAL;
    changed.fire();
  };
  return { fake, api, tokens, sent, leave };
}

const textOf = (ids: number[]) => tokenizer.decode(Uint32Array.from(ids));

describe('what other extensions are told of a model on a server', () => {
  it.each<[ServerKind, number]>([
    ['vllm', Number.POSITIVE_INFINITY],
    ['echo', 5],
  ])('of %s are the numbers that the engine has, and bounds where they are bounds', async (kind, known) => {
    const { api, sent } = await chosen(kind);
    const { trace, ids } = await state.engine.forward({ task: nextTask(), text: TEXT });
    const own = await state.engine.predictions({ trace, from: 0, to: ids.length, topK: 5 });
    const told = await api.probabilities(TEXT);
    expect(sent()).toBeGreaterThan(0);
    expect(told.map(({ id }) => id)).toEqual(Array.from(ids));
    expect(told[0]).toMatchObject({ logprob: undefined, rank: undefined });
    for (const [i, { logprob, rank, rankAtLeast, entropy, isEntropyBound, top }] of told.entries()) {
      expect(isEntropyBound).toBe(true);
      expect(entropy).toBeLessThanOrEqual((own.entropyAfter[i] ?? 0) + 1e-4);
      expect(top.map(({ id }) => id)).toEqual(Array.from(own.topIdsAfter.subarray(5 * i, 5 * i + 5)));
      if (i === 0) continue;
      expect(logprob).toBeCloseTo(own.logprob[i] ?? 0, 5);
      const isKnown = (own.rank[i] ?? 0) < known;
      expect([rank, rankAtLeast]).toEqual(isKnown ? [own.rank[i], undefined] : [undefined, known]);
    }
  });

  it('is no attention and no reason, and no text is sent to find that out', async () => {
    const { api, sent } = await chosen('vllm');
    await expect(api.attention(TEXT, 3)).rejects.toMatchObject({ code: 'capability.absent' });
    await expect(api.why(TEXT)).rejects.toMatchObject({ code: 'capability.absent' });
    expect(sent()).toBe(0);
  });

  it('are tokens of its own vocabulary, and of the one on this machine once the server is left', async () => {
    const { api, tokens, fake, sent, leave } = await chosen('vllm');
    const before = await api.tokenize(TEXT);
    expect(before.map(({ id }) => id)).toEqual(Array.from(tokenizer.encode(TEXT).ids));
    const changes: unknown[] = [];
    tokens.onDidChange(() => changes.push(tokens.loaded('model')));
    leave();
    expect(changes).toEqual([undefined]);
    const asked = fake.asked.length;
    expect(await api.tokenize(TEXT)).toEqual(before);
    expect(fake.asked).toHaveLength(asked);
    expect(sent()).toBe(0);
  });
});
