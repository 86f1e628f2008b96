/**
 * Code read in the background: how fast beside the forward pass alone, what the length of its windows costs and brings, how
 * soon the files of a large folder are found, and typing in the editor meanwhile. Prints tables in Markdown, each number
 * beside its aim.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultModelPath } from '../../models/catalogue';
import { startEngine } from '../../src/engine/client';
import { cacheFolder } from '../../src/model/cache/folder';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import type { FileModel } from '../../src/workspace/file-model';
import { findFiles } from '../../src/workspace/files/find-files';
import { FolderScan } from '../../src/workspace/folder-scan';
import { WINDOW_TOKENS } from '../../src/workspace/score-tokens';
import { TokenStore } from '../../src/workspace/token-store';
import { scoreWindows } from '../../src/workspace/windows';
import { installWorkbench, workbenchVersion } from '../../test/workbench/harness/install';
import { typingTable } from '../editor/tables';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { measureTypingWhileScanning } from './typing';

/** Tokens that are read for the rate. */
const RATE_TOKENS = 12_000;
const WINDOWS = [256, 512, 1024, 2048, 4096];
const FILES = 100_000;
const KEPT_FILES = 1000;

const { signal } = new AbortController();

installWorkbench();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
const engine = startEngine();
try {
  const cache = { folder: cacheFolder(), limitBytes: Number.MAX_VALUE };
  const { contextLength } = await engine.load({ task: 0, path: defaultModelPath(), provider: 'cpu', cache });
  const tokenizer = createTokenizer(await engine.vocabulary({}));
  const model: FileModel = {
    label: '',
    key: 'bench',
    tokenizer,
    contextLength,
    score: (ids) => engine.scoreInBackground({ task: 0, ids: [...ids] }),
  };
  const rate = await measureRate(model);
  const windows = await measureWindows(tokenizer);
  const found = await measureFinding();
  await engine.stop();
  const typing = await measureTypingWhileScanning();
  const rows = [
    ['', 'measured', 'aim'],
    [
      'Reading files, beside the forward pass over the same windows alone',
      `${rate.toFixed(2)} of its rate`,
      'at least 0.90',
    ],
    [
      `Finding the ${KEPT_FILES.toLocaleString('en')} files of code among ${FILES.toLocaleString('en')}`,
      `${found.toFixed(1)} s`,
      '',
    ],
  ];
  report(
    'workspace',
    markdownTable([':-', '-:', ':-'], rows),
    markdownTable(
      ['-:', '-:', '-:'],
      [['tokens of a window', 'tokens scored a second', 'mean bits a token'], ...windows],
    ),
    typingTable('typing in a file of code', 'with a scan', typing),
    machine(workbenchVersion()),
  );
} finally {
  await engine.stop();
  rmSync(folder, { recursive: true });
}

/** The rate of a scan as a ratio to that of the forward pass over the same windows: file by file in turn, so that both have the same machine. */
async function measureRate(model: FileModel): Promise<number> {
  const scan = new FolderScan('src');
  await scan.find(signal);
  const reader = { model, store: await TokenStore.open({ folder: join(folder, 'results'), model: model.key }) };
  let [tokens, scanning, alone] = [0, 0, 0];
  while (!scan.isDone && tokens < RATE_TOKENS) {
    const start = performance.now();
    const score = await scan.readNext(reader, signal);
    scanning += performance.now() - start;
    if (!score) continue;
    tokens += score.tokens;
    const { ids } = model.tokenizer.encode(await readFile(join('src', score.path), 'utf8'));
    const windows = scoreWindows(ids.length, WINDOW_TOKENS).map(({ from, to }) => [...ids.subarray(from, to)]);
    const passes = performance.now();
    for (const ids of windows) await engine.forwardTokens({ task: 0, ids });
    alone += performance.now() - passes;
  }
  return alone / scanning;
}

/** For each length of a window, how many tokens are scored a second, and how surprising they are. */
async function measureWindows(tokenizer: Tokenizer): Promise<string[][]> {
  // A file as long as many are.
  const { ids } = tokenizer.encode(await readFile('src/background/result-store.ts', 'utf8'));
  const rows: string[][] = [];
  for (const length of WINDOWS) {
    let bits = 0;
    const start = performance.now();
    for (const { from, to, scoredFrom } of scoreWindows(ids.length, length)) {
      const { logprob } = await engine.scoreInBackground({ task: 0, ids: [...ids.subarray(from, to)] });
      for (const value of logprob.subarray(Math.max(1, scoredFrom - from))) bits -= value / Math.LN2;
    }
    const seconds = (performance.now() - start) / 1000;
    rows.push([`${length}`, (ids.length / seconds).toFixed(0), (bits / (ids.length - 1)).toFixed(2)]);
  }
  return rows;
}

/** Seconds until the files of code are found of a folder of 100,000, most of them in folders of data and of others. */
async function measureFinding(): Promise<number> {
  const many = join(folder, 'many');
  for (let i = 0; i < FILES; i++) {
    const within = join(many, i < KEPT_FILES ? 'src' : i % 2 === 0 ? 'data' : 'vendor', `${i % 100}`);
    mkdirSync(within, { recursive: true });
    writeFileSync(join(within, `file${i}.${i < KEPT_FILES || i % 2 === 1 ? 'ts' : 'bin'}`), 'let x;\n');
  }
  const start = performance.now();
  const { files } = await findFiles(many, signal);
  if (files.length !== KEPT_FILES) throw new Error(`${files.length} files were found.`);
  return (performance.now() - start) / 1000;
}
