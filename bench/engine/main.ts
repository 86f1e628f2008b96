/**
 * The engine against PyTorch and against the machine itself, in one run: `npm run bench`, or with `-- --quick` a shorter
 * look. Prints a table in Markdown, with `-- --write` into docs/performance.md too; what it is doing goes to the standard
 * error.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { env } from 'onnxruntime-node';
import { cacheFolder } from '../../src/model/cache/folder';
import { machine } from '../machine';
import { report } from '../report';
import { measureAblations } from './ablations';
import type { Bench } from './bench';
import { measureEdit } from './edit';
import { measureExactness } from './exactness';
import { measureForward } from './forward';
import { measureHeads } from './heads';
import { measureMemory } from './memory';
import { readModel } from './model';
import { dearestOperators } from './operators';
import { FULL, QUICK } from './plan';
import { preparePeers } from './python';
import { measureReady } from './ready';
import { tableOf } from './table';
import { Texts } from './texts';
import { withEngine } from './vitrine';
import { Watch } from './watch';
import { measureWhy } from './why';

const MEASUREMENTS = [
  measureExactness,
  measureForward,
  measureMemory,
  measureEdit,
  measureHeads,
  measureAblations,
  measureWhy,
  measureReady,
];

const NO_PEERS =
  'Without transformers: no Python with the packages of bench/peers/requirements.txt was found (VITRINE_PYTHON, bench/peers/.venv, python3).';

const bench = await prepare(process.argv.includes('--quick') ? QUICK : FULL);
const measurements = [];
for (const measure of MEASUREMENTS) measurements.push(...(await measure(bench)));
const operators = await dearestOperators(bench);
report('engine', tableOf(measurements), ...notesOn(bench), operators);

function notesOn({ model, peers, watch }: Bench): string[] {
  const versions = [`onnxruntime ${env.versions.node}`, ...(peers ? [peers.versions] : [])];
  const notes = [`${basename(model.path)} on ${machine(...versions)}`, peers ? undefined : NO_PEERS, watch.warning];
  return notes.filter((note) => note !== undefined);
}

/** Compiles the model and writes it for the peers, into a folder that goes with this process. */
async function prepare(plan: Bench['plan']): Promise<Bench> {
  // Beside the compiled models of every day, so that it is the same disk.
  const parent = cacheFolder();
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(`${parent}-bench-`);
  process.on('exit', () => rmSync(folder, { recursive: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  console.error('Preparing');
  const model = readModel();
  const texts = new Texts(model.tokenizer);
  const peers = preparePeers(model.path, join(folder, 'checkpoint'));
  const bench = { model, folder, cacheFolder: join(folder, 'compiled'), peers, plan, texts, watch: new Watch() };
  await withEngine(bench, async () => {});
  return bench;
}
