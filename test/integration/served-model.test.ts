import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { modelServer } from '../../src/remote/model-server';
import { ServedModel } from '../../src/remote/served-model';
import { type ServedEngineStart, startServedEngine } from '../../src/remote/start-served-engine';
import type { VocabularySpecification } from '../../src/shared/tokens';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { nextTask, useEngine } from '../support/engine';
import {
  type Asked,
  type FakeOptions,
  type ServerKind,
  sendJson,
  startFakeModelServer,
} from '../support/fake-model-server';
import { numbersOf } from '../support/model-numbers';

/*
 * Servers that speak as those of their kind, with the numbers of the engine on this machine: what comes of them has to be
 * what the engine says itself, and nothing else ever.
 */

const state = useEngine();
const numbers = numbersOf(() => state.engine);
const PATIENCE = { greeting: 20_000, answer: 30_000, silence: 20_000, retry: 10, longestWait: 2000 };

let specification: VocabularySpecification;
let tokenizer: Tokenizer;
beforeAll(async () => {
  specification = await state.engine.vocabulary({});
  tokenizer = createTokenizer(specification);
});

const signal = () => new AbortController().signal;
const work = () => ({ signal: signal(), progress: () => {} });
const idsOf = (text: string) => tokenizer.encode(text).ids;

async function served(kind: ServerKind, change: Partial<FakeOptions> = {}, key?: string) {
  const fake = await startFakeModelServer({ kind, numbers, tokenizer, ...change });
  const server = modelServer({ address: fake.address, key, fetch, patience: PATIENCE });
  const vocabularyOf = async () => ({ tokenizer, specification });
  return { fake, connect: (name?: string) => ServedModel.connect({ server, name, vocabularyOf }, signal()) };
}

async function connected(kind: ServerKind, change: Partial<FakeOptions> = {}) {
  const { fake, connect } = await served(kind, change);
  return { fake, model: await connect() };
}

async function local(ids: Uint32Array, topK: number) {
  const { trace } = await state.engine.forwardTokens({ task: nextTask(), ids: Array.from(ids) });
  return state.engine.predictions({ trace, from: 0, to: ids.length, topK });
}

const TEXTS = ['The mouse ate the cheese.', 'El ratón comió el queso. 🧀\n', 'def f(x):\n\treturn 327 * x\n', 'a'];

describe.each<[ServerKind, { ranks: string; alternatives: number }]>([
  ['vllm', { ranks: 'all', alternatives: 20 }],
  ['sglang', { ranks: 'amongAlternatives', alternatives: 20 }],
  ['echo', { ranks: 'amongAlternatives', alternatives: 5 }],
  ['echoOfTexts', { ranks: 'none', alternatives: 0 }],
  ['tgi', { ranks: 'none', alternatives: 0 }],
])('%s', (kind, { ranks, alternatives }) => {
  it('gives the numbers that the engine has', async () => {
    const { model } = await connected(kind);
    expect(model.capabilities).toMatchObject({ hasLogprobs: true, ranks, mostAlternatives: alternatives });
    for (const text of TEXTS) {
      const ids = idsOf(text);
      const topK = Math.min(5, alternatives);
      const { predictions: remote } = await model.predictions(ids, { ...work(), topK: 5 });
      const own = await local(ids, topK);
      const { length } = ids;
      expect(remote.topK).toBe(topK);
      expect(remote.logprob).toHaveLength(length);
      expect(remote.logprob[0]).toBeNaN();
      for (let i = 1; i < length; i++) {
        expect(remote.logprob[i]).toBeCloseTo(own.logprob[i] as number, 6);
        const limit = remote.rankLimit ?? Number.POSITIVE_INFINITY;
        expect(remote.rank[i]).toBe(Math.min(own.rank[i] as number, limit));
      }
      if (topK === 0) continue;
      expect(remote.topIdsAfter).toEqual(own.topIdsAfter);
      own.topLogprobsAfter.forEach((value, i) => {
        expect(remote.topLogprobsAfter[i]).toBeCloseTo(value, 6);
      });
      own.entropyAfter.forEach((bits, i) => {
        expect(remote.entropyAfter[i]).toBeLessThanOrEqual(bits + 1e-4);
      });
    }
  });
});

/** Ways in which an answer of vLLM can be wrong. The second request is at another temperature, the third of the planted word. */
const choice = (change: (of: Asked, asked: Asked) => void) => (answer: Asked, asked: Asked) => {
  const copy = structuredClone(answer);
  change(copy.choices[0], asked);
  return copy;
};
type Entry = Record<string, { logprob: number; rank: number }>;
const eachEntry = (change: (entry: Entry, i: number, id: number) => unknown) =>
  choice((of, { prompt }) => {
    of.prompt_logprobs = of.prompt_logprobs.map(
      (entry: Entry | null, i: number) => entry && (change(entry, i, prompt[i]) ?? entry),
    );
  });

const WRONG: [string, string, NonNullable<FakeOptions['broken']>][] = [
  ['says nothing of the text', 'outputOnly', choice((of) => (of.prompt_logprobs = null))],
  ['says nothing of the text, without a word', 'outputOnly', choice((of) => delete of.prompt_logprobs)],
  ['leaves out the last token', 'count', choice((of) => of.prompt_logprobs.pop())],
  ['counts the token that it has drawn', 'count', choice((of) => of.prompt_logprobs.push(of.prompt_logprobs[1]))],
  ['leaves out the first token', 'count', choice((of) => of.prompt_logprobs.shift())],
  [
    'puts something in the place of the first',
    'first',
    choice((of, { prompt }) => (of.prompt_logprobs[0] = { [prompt[0]]: { logprob: -1, rank: 1 } })),
  ],
  [
    'is off by one',
    'ids',
    choice((of) => (of.prompt_logprobs = [null, ...of.prompt_logprobs.slice(2), of.prompt_logprobs[1]])),
  ],
  ['adds a token before the text', 'ids', choice((of) => (of.prompt_token_ids = [1, ...of.prompt_token_ids.slice(1)]))],
  ['has lost a number', 'ids', eachEntry((_, i) => (i === 3 ? {} : undefined))],
  ['gives probabilities, not their logarithms', 'value', eachEntry((entry) => mapped(entry, Math.exp))],
  ['gives logits', 'value', eachEntry((entry) => mapped(entry, (logprob) => logprob + 17))],
  ['gives 0 everywhere', 'sum', eachEntry((entry) => mapped(entry, () => 0))],
  ['gives too much', 'sum', eachEntry((entry) => mapped(entry, (logprob) => Math.min(0, logprob + 1)))],
  ['ranks at random', 'rank', eachEntry((entry) => ranked(entry, () => 1))],
  [
    'applies the temperature to what it says of the text',
    'processed',
    (answer, asked) =>
      asked.temperature === 1 ? answer : eachEntry((entry) => mapped(entry, (logprob) => logprob * 2))(answer, asked),
  ],
  ['gives logits that are all below 0', 'shifted', eachEntry((entry) => mapped(entry, (logprob) => logprob - 6))],
  ['gives the same whatever stands there', 'shifted', eachEntry((_, __, id) => ({ [id]: { logprob: -0.5, rank: 1 } }))],
  [
    'puts its numbers one token too late',
    'shifted',
    choice((of, { prompt }) => {
      const values = of.prompt_logprobs.map((entry: Entry | null, i: number) => entry?.[prompt[i]]?.logprob ?? -1);
      of.prompt_logprobs.forEach((entry: Entry | null, i: number) => {
        if (entry) of.prompt_logprobs[i] = { [prompt[i]]: { logprob: values[i - 1], rank: 1 } };
      });
    }),
  ],
  [
    'finds English to be noise',
    'vocabulary',
    eachEntry((entry, i) => (i < 12 ? mapped(entry, (x) => x - 12) : undefined)),
  ],
  ['answers with another model', 'model', (answer) => ({ ...answer, model: 'other' })],
  ['answers in another form', 'nonsense', () => ({ hello: 1 })],
  ['gives texts in place of numbers', 'nonsense', eachEntry((entry) => mapped(entry, String as never))],
];

function mapped(entry: Entry, change: (logprob: number) => number) {
  const all = Object.entries(entry);
  return Object.fromEntries(all.map(([id, { logprob, ...rest }]) => [id, { ...rest, logprob: change(logprob) }]));
}

function ranked(entry: Entry, change: (rank: number) => number) {
  return Object.fromEntries(
    Object.entries(entry).map(([id, { logprob, rank }]) => [id, { logprob, rank: change(rank) }]),
  );
}

/** What stands in the first choice of an echo. */
const echoed = (change: (logprobs: Asked) => void) => choice((of) => change(of.logprobs));
/** Some of the arrays in an answer changed alike. */
const each = (of: Asked, names: string[], change: (array: Asked[]) => Asked[]) => {
  for (const name of names) of[name] = change(of[name]);
};
const ECHOED = ['tokens', 'token_logprobs', 'top_logprobs'];
const inMeta = (change: (meta: Asked) => void) => (answer: Asked) => {
  const copy = structuredClone(answer);
  change(copy.meta_info);
  return copy;
};
const inPrefill = (change: (prefill: Asked[]) => Asked[]) => (answer: Asked) => ({
  ...answer,
  details: { ...answer.details, prefill: change(answer.details.prefill) },
});

const OTHERS_WRONG: [ServerKind, string, string, NonNullable<FakeOptions['broken']>][] = [
  ['echo', 'heeds no echo', 'outputOnly', echoed((of) => each(of, ECHOED, (array) => array.slice(-1)))],
  ['echo', 'says nothing', 'outputOnly', choice((of) => (of.logprobs = null))],
  ['echo', 'puts a token before the text', 'count', echoed((of) => each(of, ECHOED, (array) => [array[0], ...array]))],
  ['echo', 'has lost a token', 'count', echoed((of) => each(of, ECHOED, (array) => array.slice(0, -2)))],
  ['echo', 'gives the texts of other tokens', 'ids', echoed((of) => (of.tokens[4] = 'token_id:7'))],
  ['sglang', 'says only what follows', 'outputOnly', inMeta((of) => (of.input_token_logprobs = []))],
  ['sglang', 'begins late', 'count', inMeta((of) => of.input_token_logprobs.splice(1, 1))],
  ['sglang', 'has read another token', 'ids', inMeta((of) => (of.input_token_logprobs[3][1] = 0))],
  ['sglang', 'leaves one out', 'gap', inMeta((of) => (of.input_token_logprobs[3][0] = null))],
  ['sglang', 'names a token twice', 'sum', inMeta((of) => (of.input_top_logprobs[3][1] = of.input_top_logprobs[3][0]))],
  ['tgi', 'was started without its flag', 'outputOnly', inPrefill(() => [])],
  [
    'tgi',
    'says which tokens it has read, and no more',
    'outputOnly',
    inPrefill((all) => all.map(({ id }) => ({ id }))),
  ],
  ['tgi', 'puts a token before the text', 'count', inPrefill((all) => [{ id: 1, logprob: null }, ...all])],
];

describe('a server that cannot be believed', () => {
  it.each(OTHERS_WRONG)('is refused with one sentence: %s that %s', async (kind, _, code, broken) => {
    const { connect } = await served(kind, { broken });
    await expect(connect()).rejects.toMatchObject({ code: `server.${code}`, message: expect.stringMatching(/\.$|”$/) });
  });

  it.each(WRONG)('is refused with one sentence: %s', async (_, code, broken) => {
    const { connect } = await served('vllm', { broken });
    await expect(connect()).rejects.toMatchObject({ code: `server.${code}`, message: expect.stringMatching(/\.$|”$/) });
  });

  it.each<ServerKind>(['llama-server', 'ollama'])('%s goes on with texts only', async (kind) => {
    const { fake, model } = await connected(kind);
    expect(model.capabilities).toMatchObject({ hasLogprobs: false, hasContinuations: true });
    await expect(model.predictions(idsOf('a b'), { ...work(), topK: 5 })).rejects.toMatchObject({
      code: 'server.outputOnly',
    });
    expect(fake.asked.every(({ body }) => body === undefined)).toBe(true);
  });

  it('gives no rank when it names fewer tokens later', async () => {
    let isBroken = false;
    const shorter = inMeta((of) => of.input_top_logprobs[2].splice(3));
    const { model } = await connected('sglang', { broken: (answer) => (isBroken ? shorter(answer) : answer) });
    isBroken = true;
    await expect(model.predictions(idsOf('The mouse ate'), { ...work(), topK: 5 })).rejects.toMatchObject({
      code: 'server.alternatives',
    });
  });

  it('gives no number when its answers go wrong later', async () => {
    let isBroken = false;
    const shift = WRONG.find(([what]) => what === 'is off by one')?.[2];
    const { model } = await connected('vllm', {
      broken: (answer, asked) => (isBroken ? shift?.(answer, asked) : answer),
    });
    isBroken = true;
    await expect(model.predictions(idsOf('The mouse ate'), { ...work(), topK: 5 })).rejects.toMatchObject({
      code: 'server.ids',
    });
  });
});

describe('a server that is asked', () => {
  it('may be signed by a name that means something to this program', async () => {
    const instead: FakeOptions['instead'] = ({ url }, response) => {
      if (url === '/v1/models') sendJson(response, 200, { data: [{ id: 'smollm2', owned_by: 'constructor' }] });
      return url === '/v1/models';
    };
    const { model } = await connected('vllm', { instead });
    expect(model.server.kind).toBe('vLLM');
  });

  it('under the second name of a model may answer in the first, and in no other', async () => {
    const models = ['first', 'second', 'else'].map((id) => ({ id, root: id === 'else' ? 'b' : 'a', owned_by: 'vllm' }));
    const instead: FakeOptions['instead'] = ({ url }, response) => {
      if (url === '/v1/models') sendJson(response, 200, { object: 'list', data: models });
      return url === '/v1/models';
    };
    const broken = (answer: object) => ({ ...answer, model: 'first' });
    const { connect } = await served('vllm', { broken, instead });
    await expect(connect('second')).resolves.toMatchObject({ name: 'second' });
    await expect(connect('else')).rejects.toMatchObject({ code: 'server.model' });
  });

  it.each<[ServerKind, boolean]>([
    ['vllm', true],
    ['sglang', false],
    ['ollama', false],
  ])('goes on with a text as the engine does: %s', async (kind, named) => {
    const { fake, model } = await connected(kind);
    const ids = idsOf('The mouse ate the');
    const sampling = { temperature: 0 };
    const { trace } = await state.engine.forwardTokens({ task: nextTask(), ids: Array.from(ids) });
    const own = await state.engine.continuation({ task: nextTask(), trace, count: 3, sampling });
    const { text, tokens } = await model.continuation(ids, { count: 3, sampling, signal: signal() });
    expect(text).toBe(own.text);
    expect(tokens.map(({ id }) => id)).toEqual(named ? own.tokens.map(({ id }) => id) : []);
    expect(fake.asked.at(-1)?.body.prompt).toEqual(kind === 'ollama' ? 'The mouse ate the' : Array.from(ids));
  });

  it('reads long texts in windows, each token with half a window before it', async () => {
    const { fake, model } = await connected('vllm', { contextLength: 41 });
    const ids = idsOf('The mouse ate the cheese, and the cat ate the mouse. '.repeat(4));
    const before = fake.asked.length;
    const told: number[] = [];
    const { predictions, windowStarts } = await model.predictions(ids, {
      signal: signal(),
      progress: (done) => told.push(done),
      topK: 1,
    });
    const { logprob } = predictions;
    const windows = fake.asked.slice(before).map(({ body }) => body.prompt as number[]);
    expect(windows.every(({ length }) => length <= 40)).toBe(true);
    expect(told).toEqual([40, ids.length]);
    expect(windowStarts).toEqual([40]);
    const [first, last] = await Promise.all(windows.map((window) => local(Uint32Array.from(window), 1)));
    expect(logprob.subarray(1, 40)).toEqual(first?.logprob.subarray(1));
    expect(logprob.subarray(40)).toEqual(last?.logprob.subarray(-(ids.length - 40)));
  });

  it('of its kind that can is asked only for what has changed', async () => {
    const { fake, model } = await connected('sglang');
    await model.predictions(idsOf('The mouse ate the cheese.'), { ...work(), topK: 5 });
    const ids = idsOf('The mouse ate the cat and slept.');
    const { logprob } = (await model.predictions(ids, { ...work(), topK: 5 })).predictions;
    expect(fake.asked.at(-1)?.body.logprob_start_len).toBe(3);
    const own = await local(ids, 5);
    expect(logprob[0]).toBeNaN();
    logprob.subarray(1).forEach((value, i) => {
      expect(value).toBeCloseTo(own.logprob[i + 1] as number, 6);
    });
    const asked = fake.asked.length;
    await model.predictions(idsOf('The mouse ate the'), { ...work(), topK: 5 });
    expect(fake.asked).toHaveLength(asked);
  });

  it('sees that nobody waits any longer', async () => {
    let isSlow = false;
    const { fake, model } = await connected('vllm', { instead: () => isSlow });
    isSlow = true;
    const cancellation = new AbortController();
    const reading = model.predictions(idsOf('The mouse'), { signal: cancellation.signal, progress: () => {}, topK: 1 });
    const before = fake.asked.length;
    await expect.poll(() => fake.asked.length).toBeGreaterThan(before);
    cancellation.abort();
    await expect(reading).rejects.toMatchObject({ code: 'task.cancelled' });
    await expect.poll(() => fake.cancelled).toBe(1);
  });

  it('is tried again when it has been silent for a while, but not for what is known', async () => {
    const { fake, model } = await connected('vllm');
    const read = (text: string) => model.predictions(idsOf(text), { ...work(), topK: 5 });
    await read('The mouse ate');
    const { length } = fake.asked;
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 6000);
    onTestFinished(() => void vi.restoreAllMocks());
    await read('The mouse ate');
    expect(fake.asked).toHaveLength(length);
    await read('The mouse slept');
    const texts = fake.asked.slice(length).flatMap(({ body }) => (body ? [tokenizer.decode(body.prompt)] : []));
    expect(texts).toEqual([expect.stringContaining('Once upon a time'), 'The mouse slept']);
  });

  it('is tried again after a failure, and another model under the same name is noticed', async () => {
    let change: 'none' | 'fails' | 'other' = 'none';
    const { model } = await connected('vllm', {
      instead: (_, response) => {
        if (change === 'fails') sendJson(response, 500, { error: { message: 'out of memory' } });
        return change === 'fails';
      },
      broken: (answer, asked) =>
        change === 'other' ? eachEntry((entry) => mapped(entry, (logprob) => logprob * 1.5))(answer, asked) : answer,
    });
    const read = () => model.predictions(idsOf('The mouse ate'), { ...work(), topK: 5 });
    change = 'fails';
    await expect(read()).rejects.toMatchObject({
      code: 'server.failed',
      message: expect.stringContaining('out of memory'),
    });
    change = 'other';
    await expect(read()).rejects.toMatchObject({ code: 'server.changed' });
    change = 'none';
    expect((await read()).predictions.logprob).toHaveLength(3);
  });
});

describe('the engine of a served model', () => {
  async function started(kind: ServerKind, change: Partial<FakeOptions & ServedEngineStart> = {}) {
    const fake = await startFakeModelServer({ kind, numbers, tokenizer, ...change });
    const { engine, model } = startServedEngine({
      server: async () => modelServer({ address: fake.address, fetch, patience: PATIENCE }),
      vocabulary: change.vocabulary ?? (async () => specification),
      windowTokens: change.windowTokens,
      folder: change.folder,
    });
    onTestFinished(() => engine.stop());
    return { fake, engine, model: await model };
  }

  it('answers about a text what the engine on this machine answers', async () => {
    const { engine } = await started('vllm');
    const text = 'El ratón comió el queso. 🧀';
    const asked = { task: nextTask(), text };
    const [there, here] = [await engine.forward(asked), await state.engine.forward(asked)];
    for (const name of ['ids', 'starts', 'ends', 'byteStarts', 'byteEnds', 'dropped', 'cut'] as const) {
      expect(there[name]).toEqual(here[name]);
    }
    const rows = { from: 2, to: 5 };
    for (const topK of [3, 5, 12]) {
      const own = await state.engine.predictions({ trace: here.trace, ...rows, topK });
      const served = await engine.predictions({ trace: there.trace, ...rows, topK });
      const { rank, logprob, topIdsAfter, topLogprobsAfter } = served;
      expect({ rank, topIdsAfter, topK: served.topK }).toEqual({ rank: own.rank, topIdsAfter: own.topIdsAfter, topK });
      expect(logprob).toEqual(own.logprob);
      expect(topLogprobsAfter).toEqual(own.topLogprobsAfter);
    }
    const ids = Array.from(here.ids);
    const background = await state.engine.scoreInBackground({ task: nextTask(), ids });
    expect(await engine.scoreInBackground({ task: nextTask(), ids })).toEqual(background);
    const some = { ids: ids.slice(0, 4) };
    expect(await engine.describe(some)).toEqual(await state.engine.describe(some));
  });

  it('reads an answer too long for this thread as it reads a short one, and refuses it as it does', async () => {
    let isBroken = false;
    const { fake, engine } = await started('vllm', {
      broken: (answer, asked) => (isBroken ? eachEntry((entry, i) => (i === 300 ? {} : entry))(answer, asked) : answer),
    });
    const ids = Array.from(idsOf('The mouse ate the cheese, and the cat ate the mouse. '.repeat(25)));
    const { trace } = await engine.forwardTokens({ task: nextTask(), ids });
    const rows = { from: 0, to: ids.length, topK: 5 };
    const { logprob, rank, topIdsAfter } = await engine.predictions({ trace, ...rows });
    const here = await state.engine.forwardTokens({ task: nextTask(), ids });
    const own = await state.engine.predictions({ trace: here.trace, ...rows });
    expect(logprob).toEqual(own.logprob);
    expect(rank.subarray(1)).toEqual(own.rank.subarray(1));
    expect(topIdsAfter).toEqual(own.topIdsAfter);
    isBroken = true;
    const { length } = fake.asked;
    await expect(engine.predictions({ trace, ...rows, topK: 6 })).rejects.toMatchObject({
      code: 'server.ids',
      sentence: { values: [expect.stringContaining('127.0.0.1'), 301] },
    });
    expect(fake.asked).toHaveLength(length + 1);
  });

  it('says in windows of how many tokens it reads, and where they begin', async () => {
    const { engine, model } = await started('vllm', { windowTokens: 40 });
    expect(model.server).toMatchObject({ kind: 'vLLM', windowTokens: 40, isIncremental: false });
    const text = 'The mouse ate the cheese, and the cat ate the mouse. '.repeat(5);
    const { ids, windowStarts } = await engine.forward({ task: nextTask(), text });
    expect(ids.length).toBeGreaterThan(60);
    expect(windowStarts).toEqual([40, 60]);
    expect((await engine.forward({ task: nextTask(), text: 'The mouse' })).windowStarts).toEqual([]);
  });

  it('asks a server that reads on only for what stands behind an edit, and the numbers are those of a fresh reading', async () => {
    const [edited, fresh] = [await started('sglang'), await started('sglang')];
    expect(edited.model.server?.isIncremental).toBe(true);
    const text = 'The mouse ate the cheese, and the cat ate the mouse. '.repeat(8);
    await edited.engine.forward({ task: nextTask(), text });
    const changed = `${text.slice(0, -12)}dog slept.`;
    const read = async ({ engine }: typeof edited) => {
      const { trace, ids } = await engine.forward({ task: nextTask(), text: changed });
      return { ids, predictions: await engine.predictions({ trace, from: 0, to: ids.length, topK: 5 }) };
    };
    const after = await read(edited);
    expect(edited.fake.asked.at(-1)?.body.logprob_start_len).toBeGreaterThan(after.ids.length - 8);
    expect(after).toEqual(await read(fresh));
  });

  it('is known again, whatever rounding its server has, and another model under its name is another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-served-'));
    const by = (factor: number) => eachEntry((entry) => mapped(entry, (logprob) => Math.min(0, logprob * factor)));
    const address = async (broken: NonNullable<FakeOptions['broken']>) =>
      (await startFakeModelServer({ kind: 'vllm', numbers, tokenizer, broken })).address;
    const [first, rounded, other] = await Promise.all([by(1), by(1.01), by(1.5)].map(address));
    let there = first;
    // One address behind which one server takes the place of another.
    const asked: typeof fetch = (input, init) => fetch(`${input}`.replace('http://127.0.0.1:1', `${there}`), init);
    const idOf = async (server: string | undefined, kept: string | undefined = folder) => {
      there = server;
      const { engine, model } = startServedEngine({
        server: async () => modelServer({ address: 'http://127.0.0.1:1', fetch: asked, patience: PATIENCE }),
        vocabulary: async () => specification,
        folder: kept,
      });
      onTestFinished(() => engine.stop());
      return (await model).sha256;
    };
    const id = await idOf(first);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(await idOf(rounded)).toBe(id);
    expect(await idOf(other)).not.toBe(id);
    expect(await idOf(first)).toBe(id);
  });

  it('ends all that is under way when it is stopped, and answers nothing more', async () => {
    let isSlow = false;
    const { fake, engine } = await started('vllm', { instead: () => isSlow });
    const { trace } = await engine.forward({ task: nextTask(), text: 'The mouse' });
    isSlow = true;
    const { length } = fake.asked;
    const ids = Array.from(idsOf('The mouse ate'));
    const waiting = [
      engine.forward({ task: nextTask(), text: 'The mouse ate the cheese' }),
      engine.predictions({ trace, from: 0, to: 2, topK: 12 }),
      ...Array.from({ length: 6 }, () => engine.scoreInBackground({ task: nextTask(), ids })),
    ];
    const ended = Promise.allSettled(waiting);
    await expect.poll(() => fake.asked.length).toBe(length + 2);
    await engine.stop();
    for (const one of await ended) expect(one).toMatchObject({ reason: { code: 'task.cancelled' } });
    await expect.poll(() => fake.cancelled).toBe(2);
    await expect(engine.describe({ ids: [1] })).rejects.toMatchObject({ code: 'task.cancelled' });
  });

  it('can be stopped while a person is still asked for a key', async () => {
    const { engine, model } = startServedEngine({
      server: () => new Promise(() => {}),
      vocabulary: async () => specification,
    });
    const asked = engine.vocabulary({});
    await engine.stop();
    await expect(model).rejects.toMatchObject({ code: 'task.cancelled' });
    await expect(asked).rejects.toMatchObject({ code: 'task.cancelled' });
  });

  it('has the tokens of texts from its server where nobody knows the vocabulary', async () => {
    const { fake, engine, model } = await started('vllm', { vocabulary: async () => undefined });
    const { engine: knowing } = await started('vllm');
    expect(model.capabilities).toMatchObject({ hasVocabulary: false, hasLogprobs: true });
    for (const text of TEXTS) {
      const { forwardSeconds: _, trace, ...there } = await engine.forward({ task: nextTask(), text });
      const { forwardSeconds: __, trace: other, ...here } = await knowing.forward({ task: nextTask(), text });
      expect({ ...there, trace }).toEqual({ ...here, trace });
      const rows = { from: 0, to: there.ids.length, topK: 5 };
      const predictions = await engine.predictions({ trace, ...rows });
      expect(predictions).toEqual(await knowing.predictions({ trace: other, ...rows }));
      const ids = [...there.ids, ...predictions.topIdsAfter];
      const own = await knowing.describe({ ids });
      for (const [i, { text, bytes }] of (await engine.describe({ ids })).entries()) {
        // Of a part of a character that stands in no text the server does not tell its bytes.
        expect({ text, bytes: bytes || own[i]?.bytes }).toEqual({ text: own[i]?.text, bytes: own[i]?.bytes });
        if (!text.includes('\ufffd')) expect(bytes).not.toBe('');
      }
    }
    const { length } = fake.asked;
    await engine.describe({ ids: [...idsOf(TEXTS[0] ?? '')] });
    expect(fake.asked).toHaveLength(length);
    const absent = { code: 'capability.absent', message: expect.stringContaining('tokenizer.json') };
    await expect(engine.vocabulary({})).rejects.toMatchObject(absent);
    await expect(engine.composition({})).rejects.toMatchObject(absent);
  });

  it.each<[ServerKind, string]>([
    ['sglang', 'server.places'],
    ['echo', 'server.noVocabulary'],
    ['ollama', 'server.noVocabulary'],
  ])('of %s says so where its server does not tell of the tokens of texts', async (kind, code) => {
    await expect(started(kind, { vocabulary: async () => undefined })).rejects.toMatchObject({ code });
  });

  it('only goes on with texts where its server does no more, and sends none before it is to', async () => {
    const { fake, engine } = await started('ollama');
    const { trace } = await engine.forward({ task: nextTask(), text: 'The mouse ate the' });
    await expect(engine.predictions({ trace, from: 0, to: 1 })).rejects.toMatchObject({ code: 'server.outputOnly' });
    expect(fake.asked.every(({ body }) => body === undefined)).toBe(true);
    const sampling = { temperature: 0 };
    const { text } = await engine.continuation({ task: nextTask(), trace, count: 2, sampling });
    expect(text).not.toBe('');
    expect(fake.asked.at(-1)?.body.prompt).toBe('The mouse ate the');
  });

  it('does not say what it expected where its server names no alternatives', async () => {
    const { engine } = await started('tgi');
    const ids = Array.from(idsOf('The mouse ate'));
    const { logprob, expected } = await engine.scoreInBackground({ task: nextTask(), ids });
    expect(logprob).toHaveLength(ids.length);
    expect(expected).toBeUndefined();
  });

  it('says what it has not, and why', async () => {
    const { engine } = await started('sglang');
    const { trace } = await engine.forward({ task: nextTask(), text: 'The mouse' });
    const absent = (what: string) => ({ code: 'capability.absent', message: expect.stringContaining(what) });
    await expect(engine.attention({ trace, layer: 0 })).rejects.toMatchObject(absent('attention'));
    await expect(engine.logitLens({ trace, from: 0, to: 1 })).rejects.toMatchObject(absent('layer to layer'));
    const headMask = [{ layer: 0, head: 0, value: 0 }];
    await expect(engine.forward({ task: nextTask(), text: 'The mouse', headMask })).rejects.toMatchObject(
      absent('changed'),
    );
    await expect(engine.predictions({ trace: 99, from: 0, to: 1 })).rejects.toMatchObject({ code: 'trace.gone' });
  });
});
