import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { EngineHost } from '../../src/extension/engine/engine-host';
import { namesByModel, namesIn } from '../../src/extension/hover/token-names';
import { Readings } from '../../src/extension/readings/readings';
import { Traces } from '../../src/extension/readings/traces';
import { modelServer } from '../../src/remote/model-server';
import { startServedEngine } from '../../src/remote/start-served-engine';
import type { VocabularySpecification } from '../../src/shared/tokens';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { editedTexts } from '../support/editor-api';
import { readAll, useEngine } from '../support/engine';
import { type FakeOptions, type ServerKind, sendJson, startFakeModelServer } from '../support/fake-model-server';
import { numbersOf } from '../support/model-numbers';

vi.mock('vscode', () => import('../support/editor-api'));

/* Documents of the editor, read by a model on a server: what their colours and hovers are made of, and what goes there for them. */

const state = useEngine();
const numbers = numbersOf(() => state.engine);
const PATIENCE = { greeting: 20_000, answer: 30_000, silence: 20_000, retry: 10, longestWait: 200 };
const TEXT = 'The mouse ate the cheese. El ratón comió el queso. 🧀';
const ENDING = 'The mouse ate the cheese. El ratón comió el pan.';

let vocabulary: VocabularySpecification;
let tokenizer: Tokenizer;
beforeAll(async () => {
  vocabulary = await state.engine.vocabulary({});
  tokenizer = createTokenizer(vocabulary);
});

/** A window with a document, whose model is on a server. */
async function windowWith(
  kind: ServerKind,
  change: Partial<FakeOptions> & { windowTokens?: number; isWithoutVocabulary?: boolean } = {},
) {
  const fake = await startFakeModelServer({ kind, numbers, tokenizer, ...change });
  const server = modelServer({ address: fake.address, key: undefined, fetch, patience: PATIENCE });
  const known = change.isWithoutVocabulary ? undefined : vocabulary;
  const start = { server: async () => server, vocabulary: async () => known, windowTokens: change.windowTokens };
  const log = { info: () => {}, warn: () => {}, error: () => {} } as never;
  const current = () => ({
    kind: 'served' as const,
    start: (onProgress: never) => startServedEngine({ ...start, onProgress }),
  });
  const choice = { current, settings: [] } as never;
  const host = new EngineHost(log, choice);
  const readings = new Readings(choice, host, new Traces());
  onTestFinished(() => {
    readings.dispose();
    host.dispose();
  });
  await host.use();
  const proof = fake.asked.length;
  return { fake, readings, document: documentWith(TEXT), asked: () => fake.asked.slice(proof).map(({ body }) => body) };
}

function documentWith(first: string) {
  let text = first;
  const document = {
    uri: { toString: () => 'file:///mouse.txt' },
    version: 1,
    positionAt: (offset: number) => offset,
    getText: (range?: { start: number; end: number }) => (range ? text.slice(range.start, range.end) : text),
    edit: (next: string) => {
      let same = 0;
      while (same < Math.min(text.length, next.length) && text[same] === next[same]) same++;
      const change = { rangeOffset: same, rangeLength: text.length - same, text: next.slice(same) };
      text = next;
      document.version++;
      editedTexts.fire({ document, contentChanges: [change] });
    },
  };
  return document;
}

type Shown = Awaited<ReturnType<typeof windowWith>>;

const read = ({ readings, document }: Pick<Shown, 'readings' | 'document'>) =>
  readings.read(document as never, { shown: [{ start: 0, end: document.getText().length }], seen: 0 });

it.each<[ServerKind, number | undefined, string]>([
  ['vllm', undefined, 'all ranks'],
  ['sglang', 5, 'ranks up to the fifth'],
  ['tgi', 0, 'no ranks'],
])(
  'a document is read by %s as by the engine on this machine, with %s as its limit of ranks',
  async (kind, rankLimit) => {
    const { readings, document } = await windowWith(kind);
    const { model, parts } = (await read({ readings, document })) ?? {};
    const own = await readAll(state.engine, TEXT);
    const [part] = parts ?? [];
    expect(model?.server?.kind).toBeTruthy();
    expect([part?.ids, part?.starts, part?.ends]).toEqual([own.ids, own.starts, own.ends]);
    expect(part?.predictions.rankLimit).toBe(rankLimit);
    for (let i = 1; i < own.ids.length; i++) {
      expect(part?.predictions.logprob[i]).toBeCloseTo(own.logprob[i] as number, 6);
      expect(part?.predictions.rank[i]).toBe(Math.min(own.rank[i] as number, rankLimit ?? Number.POSITIVE_INFINITY));
    }
  },
);

it('is sent once, and nothing of what was read before is sent again when an edit is undone', async () => {
  const window = await windowWith('vllm');
  const long = 'understanding international communication '.repeat(100);
  window.document.edit(long);
  await read(window);
  expect(window.asked()).toHaveLength(1);
  window.document.edit(`${long}It slept.`);
  await read(window);
  expect(window.asked()).toHaveLength(2);
  window.document.edit(long);
  await read(window);
  expect(window.asked()).toHaveLength(2);
});

it('makes way for what it has become while it is read', async () => {
  let isSlow = false;
  const window = await windowWith('vllm', { instead: () => isSlow });
  isSlow = true;
  const before = read(window);
  await vi.waitFor(() => expect(window.asked()).toHaveLength(1));
  isSlow = false;
  window.document.edit(ENDING);
  expect(await before).toBeUndefined();
  await vi.waitFor(() => expect(window.fake.cancelled).toBe(1));
  expect((await read(window))?.version).toBe(2);
});

it('keeps what holds where its server does not answer, and is read when that does', async () => {
  let isBusy = false;
  const window = await windowWith('vllm', {
    instead: (_, response) => {
      if (isBusy) sendJson(response, 503, { error: 'busy' });
      return isBusy;
    },
  });
  const { readings, document } = window;
  await read(window);
  isBusy = true;
  document.edit(ENDING);
  await expect(read(window)).rejects.toMatchObject({ code: 'server.busy' });
  expect(readings.get(document as never)).toMatchObject({
    stale: true,
    interrupted: 'server',
    freshBefore: TEXT.indexOf('queso'),
  });
  isBusy = false;
  await read(window);
  expect(readings.get(document as never)).toMatchObject({ stale: false, interrupted: undefined });
});

it('says from where on it was read in another window', async () => {
  const window = await windowWith('vllm', { windowTokens: 10 });
  const [part] = (await read(window))?.parts ?? [];
  expect(part?.windowStarts?.[0]).toBe(10);
});

it('is read and named also where only its server knows the tokens', async () => {
  const window = await windowWith('vllm', { isWithoutVocabulary: true });
  const reading = await read(window);
  const [part] = reading?.parts ?? [];
  const own = await readAll(state.engine, TEXT);
  expect(reading?.model.capabilities.hasVocabulary).toBe(false);
  expect([part?.ids, part?.starts, part?.ends]).toEqual([own.ids, own.starts, own.ends]);
  if (!part) return;
  const t = (sentence: string) => sentence;
  // The last ones are parts of an emoji.
  const index = part.ids.length - 1;
  const found = { id: part.ids[index] as number, start: 0, end: 1, read: { part, index } };
  const names = await namesByModel(window, [found], t);
  const expected = namesIn(tokenizer, t);
  const instead = part.predictions.topIdsAfter.subarray((index - 1) * 5, index * 5);
  // Of one that stands nowhere in the text it cannot tell which part of a character it is.
  for (const id of instead) expect([expected.textOf(id), '[id {0}, no text]']).toContain(names.textOf(id));
  for (const id of part.ids.subarray(-8)) {
    expect(names.textOf(id)).toBe(expected.textOf(id));
    expect(Array.from(names.bytesOf(id))).toEqual(Array.from(expected.bytesOf(id)));
  }
});
