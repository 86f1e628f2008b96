import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { BackgroundReader } from '../../src/background/background-reader';
import { EngineGate } from '../../src/extension/background/engine-gate';
import { EngineHost } from '../../src/extension/engine/engine-host';
import type { BackgroundSize, ModelChoice } from '../../src/extension/engine/model-choice';
import { FileModels } from '../../src/extension/workspace-scan/file-models';
import { FolderScanner } from '../../src/extension/workspace-scan/folder-scanner';
import { modelServer } from '../../src/remote/model-server';
import { startServedEngine } from '../../src/remote/start-served-engine';
import type { VocabularySpecification } from '../../src/shared/tokens';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import type { RawFileScore } from '../../src/workspace/score-file';
import { scoreFile } from '../../src/workspace/score-file';
import { TokenStore } from '../../src/workspace/token-store';
import { useEngine } from '../support/engine';
import { type FakeModelServer, type FakeOptions, startFakeModelServer } from '../support/fake-model-server';
import { type Alternative, type Numbers, numbersOf } from '../support/model-numbers';
import { temporaryFolder } from '../support/temporary-folder';

vi.mock('vscode', () => import('../support/editor-api'));

const state = useEngine();
const numbers = numbersOf(() => state.engine);
let vocabulary: VocabularySpecification;
let tokenizer: Tokenizer;
beforeAll(async () => {
  vocabulary = await state.engine.vocabulary({});
  tokenizer = createTokenizer(vocabulary);
});

const textOf = (file: number) =>
  Array.from({ length: 6 }, (_, line) => `export const value${file}_${line} = ${file * line};\n`).join('');
const FILES = Array.from({ length: 7 }, (_, file) => `file${file}.ts`);

/** A folder that a scanner of the editor reads by a server, whose pauses are short. */
async function scanBy(change: Partial<FakeOptions>, answers = true) {
  const fake = await startFakeModelServer({ kind: 'vllm', numbers, tokenizer, ...change });
  const { CancellationError, EventEmitter } = await import('../support/editor-api');
  const changed = new EventEmitter<void>();
  let { address } = fake;
  const patience = { greeting: 5000, answer: 10_000, silence: 5000, retry: 5, longestWait: 1000 };
  const asked: BackgroundSize[] = [];
  const choice: ModelChoice = {
    current: () => ({
      kind: 'served',
      start: (onProgress) =>
        startServedEngine({
          server: async () => modelServer({ address, fetch, patience }),
          vocabulary: async () => vocabulary,
          onProgress,
        }),
      chatTemplate: async () => undefined,
      allowBackground: async (size) => {
        asked.push(size);
        if (!answers) throw new CancellationError();
      },
    }),
    settings: [],
    onDidChange: changed.event,
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const host = new EngineHost(log as never, choice);
  const gate = new EngineGate(() => [host]);
  const reader = new BackgroundReader({
    isBusy: () => gate.isBusy(),
    whenFree: (signal) => gate.whenFree(signal),
    pauseAfter: (error) => gate.pauseAfter(error) && 20,
  });
  const folder = temporaryFolder();
  for (const [file, name] of FILES.entries()) writeFileSync(join(folder, name), textOf(file));
  const scanner = new FolderScanner({ uri: { fsPath: folder }, name: basename(folder) } as never, {
    reader,
    models: new FileModels(host, gate),
    results: temporaryFolder(),
    isOnBattery: () => false,
    remember: async () => {},
  });
  host.onDidChange(() => scanner.modelChanged());
  onTestFinished(() => {
    scanner.dispose();
    host.dispose();
  });
  const read: RawFileScore[] = [];
  scanner.onDidRead((score) => read.push(score));
  const states: string[] = [];
  scanner.onDidChange(() => states.push(JSON.stringify(scanner.scanning)));
  const chooseServer = (of: FakeModelServer) => {
    ({ address } = of);
    changed.fire();
    return host.use();
  };
  return { fake, scanner, read, asked, states, chooseServer };
}

/** What went to the server, ids as the text that they are of. */
const sentTexts = ({ asked }: FakeModelServer) =>
  asked.map(({ body }) => (Array.isArray(body?.prompt) ? tokenizer.decode(body.prompt) : JSON.stringify(body))).join();

/** What the engine of this machine says of the same files. */
async function readHere(): Promise<RawFileScore[]> {
  const { signal } = new AbortController();
  const model = {
    label: '',
    key: 'here',
    tokenizer,
    contextLength: 2000,
    score: async (ids: Uint32Array) => ({ logprob: Float32Array.from((await numbers([...ids])).logprob) }),
  };
  const reader = { model, store: await TokenStore.open({ folder: temporaryFolder(), model: 'here' }) };
  const scores: RawFileScore[] = [];
  for (const [file, path] of FILES.entries())
    scores.push(await scoreFile({ path, languageId: 'typescript', text: textOf(file) }, reader, signal));
  return scores;
}

/** @param number what is expected in the place of a number */
const summaryOf = (scores: readonly RawFileScore[], number: (value: number) => unknown = (value) => value) =>
  [...scores]
    .sort((a, b) => a.path.localeCompare(b.path))
    .map(({ path, tokens, lines }) => [path, tokens, lines.map(({ line, bits }) => [line, number(bits)])]);

it('is read four files at once, comes to what this machine says, and goes on by itself where the server died in between', async () => {
  let [atWork, most, answered, isDown] = [0, 0, 0, false];
  const { scanner, read, asked, states } = await scanBy({
    numbers: async (ids) => {
      most = Math.max(most, ++atWork);
      await setTimeout(20);
      atWork--;
      return numbers(ids);
    },
    instead: ({ url }, response) => {
      if (url !== '/v1/completions') return false;
      isDown = scanner.progress.filesRead > 1 && answered++ < 9;
      if (isDown) response.destroy();
      return isDown;
    },
  });
  await scanner.setScanning(true);
  await expect.poll(() => scanner.scanning, { timeout: 30_000 }).toEqual({ kind: 'done' });
  expect(most).toBe(4);
  expect(answered).toBeGreaterThan(9);
  expect(asked[0]).toEqual({ files: 7, bytes: FILES.reduce((sum, _, file) => sum + textOf(file).length, 0) });
  expect(states.some((state) => state.includes('waiting') && state.includes('cannot be reached'))).toBe(true);
  expect(summaryOf(read)).toEqual(summaryOf(await readHere(), (bits) => expect.closeTo(bits, 4)));
});

it('sends nothing of a file where a person does not agree, and pauses', async () => {
  const { fake, scanner, read } = await scanBy({}, false);
  await scanner.setScanning(true);
  await expect.poll(() => scanner.scanning.kind, { timeout: 10_000 }).toBe('paused');
  expect(read).toEqual([]);
  expect(sentTexts(fake)).not.toContain('value');
});

it.each([1, 3])('holds no number of another model where one is chosen after %i files', async (filesRead) => {
  const factor = 1.5;
  const slow: Numbers = async (ids) => setTimeout(20).then(() => numbers(ids));
  const scaled = (of: Alternative[]): Alternative[] => of.map(([logprob, id]) => [factor * logprob, id]);
  const otherNumbers: Numbers = async (ids) => {
    const of = await slow(ids);
    return { ...of, logprob: of.logprob.map((logprob) => factor * logprob), top: of.top.map(scaled) };
  };
  const other = await startFakeModelServer({ kind: 'vllm', numbers: otherNumbers, tokenizer });
  const { fake, scanner, read, chooseServer } = await scanBy({ numbers: slow });
  const here = await readHere();
  await scanner.setScanning(true);
  for (const [server, times] of [
    [other, factor],
    [fake, 1],
  ] as const) {
    await expect.poll(() => read.length, { timeout: 20_000, interval: 2 }).toBeGreaterThanOrEqual(filesRead);
    read.splice(0);
    await chooseServer(server);
    await expect.poll(() => read.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(FILES.length);
    await expect.poll(() => scanner.scanning, { timeout: 20_000 }).toEqual({ kind: 'done' });
    const last = [...new Map(read.map((score) => [score.path, score])).values()];
    expect(summaryOf(last)).toEqual(summaryOf(here, (bits) => expect.closeTo(times * bits, 4)));
  }
});
