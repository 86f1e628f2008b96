import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { askWhatItIs } from '../../src/extension/server/ask-what-it-is';
import { ServerKeys } from '../../src/extension/server/server-keys';
import { ServerTraffic } from '../../src/extension/server/server-traffic';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { sendJson, startFakeModelServer } from '../support/fake-model-server';
import { defaultVocabulary } from '../support/vocabularies';

const person = vi.hoisted(() => ({ prompts: [] as string[], answers: [] as (string | undefined)[] }));

vi.mock('vscode', async () => ({
  ...(await import('../support/editor-api')),
  l10n: { t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, i) => String(values[i])) },
  window: {
    showInputBox: async ({ prompt, password }: { prompt: string; password: boolean }) => {
      expect(password).toBe(true);
      person.prompts.push(prompt);
      return person.answers.shift();
    },
  },
}));

let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = createTokenizer(await defaultVocabulary());
});
beforeEach(() => void Object.assign(person, { prompts: [], answers: [] }));

const RIGHT = 'sk-right';

/** A server that answers those only who have its key. */
const locked = () =>
  startFakeModelServer({
    kind: 'vllm',
    numbers: () => Promise.reject(new Error('nothing is to be read')),
    tokenizer,
    instead: ({ headers }, response) => {
      if (headers.authorization === `Bearer ${RIGHT}`) return false;
      sendJson(response, 401, { error: 'Unauthorized' });
      return true;
    },
  });

function storedKeys(): ServerKeys {
  const [values, secrets] = [new Map<string, unknown>(), new Map<string, string>()];
  return new ServerKeys({
    globalState: {
      get: (key: string, otherwise: unknown) => values.get(key) ?? otherwise,
      update: async (key: string, value: unknown) => void values.set(key, value),
    },
    secrets: {
      get: async (key: string) => secrets.get(key),
      store: async (key: string, value: string) => void secrets.set(key, value),
      delete: async (key: string) => void secrets.delete(key),
    },
  } as never);
}

describe('the key of a server', () => {
  it('is asked for where the server wants one, once more where it is wrong, and kept for that server alone', async () => {
    const [fake, other] = [await locked(), await locked()];
    const access = { keys: storedKeys(), traffic: new ServerTraffic() };
    person.answers = ['sk-wrong', RIGHT];
    const { models } = await askWhatItIs(access, fake.address);
    expect(models.map(({ name }) => name)).toEqual(['smollm2']);
    expect(person.prompts).toEqual([
      expect.stringMatching(/wants a key\. Give it one\. .* sent to 127\.0\.0\.1:\d+ only\.$/),
      expect.stringContaining('does not accept the key. Give it another one.'),
    ]);
    await askWhatItIs(access, fake.address);
    expect(person.prompts).toHaveLength(2);
    // Nobody else is given it.
    await expect(askWhatItIs(access, other.address)).rejects.toThrow();
    expect(other.asked.map(({ authorization }) => authorization)).toEqual([undefined]);
    await access.keys.forgetAll();
    expect(await access.keys.of(fake.address)).toBeUndefined();
  });

  it('is not kept where it is wrong', async () => {
    const fake = await locked();
    const access = { keys: storedKeys(), traffic: new ServerTraffic() };
    person.answers = ['sk-wrong', 'sk-wrong-too'];
    await expect(askWhatItIs(access, fake.address)).rejects.toMatchObject({ code: 'server.key' });
    expect(await access.keys.of(fake.address)).toBeUndefined();
  });
});
