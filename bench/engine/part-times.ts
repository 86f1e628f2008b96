/**
 * The parts that are measured of a pass against that pass: `node bench/run.mjs engine/part-times`. Their sum is held against
 * a text of as many tokens that is read as always, without a profile; both are the fastest of several.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { env } from 'onnxruntime-node';
import { type Engine, startEngine } from '../../src/engine/client';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { readModel } from './model';
import { loadRequest } from './vitrine';
import { Watch } from './watch';

const LENGTHS = [64, 512];
const ROUNDS = process.argv.includes('--quick') ? 2 : 5;
const PASSES = 5;
const AIM = 0.05;

const model = readModel();
const watch = new Watch();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const engine = startEngine();
await engine.load(loadRequest({ model, cacheFolder: join(folder, 'cache') }));

let texts = 0;
const rows = [['Tokens', 'Sum of the parts', 'An ordinary pass', 'Ratio', '']];
for (const length of LENGTHS) rows.push(await row(engine, length));
await engine.stop();
report(
  'part-times',
  markdownTable(['-:', '-:', '-:', '-:', ':-'], rows),
  `${basename(model.path)} on ${machine(`onnxruntime ${env.versions.node}`)} Aim: within ${100 * AIM} %.`,
  ...(watch.warning ? [watch.warning] : []),
);

async function row(engine: Engine, length: number): Promise<string[]> {
  const { parts, pass } = (await watch.fastest(ROUNDS, {
    parts: () => partSeconds(engine, length),
    pass: () => passSeconds(engine, length),
  })) as Record<'parts' | 'pass', number>;
  const ratio = parts / pass;
  const ms = (seconds: number) => `${(1000 * seconds).toFixed(0)} ms`;
  return [`${length}`, ms(parts), ms(pass), ratio.toFixed(3), Math.abs(ratio - 1) <= AIM ? 'met' : 'missed'];
}

async function partSeconds(engine: Engine, length: number): Promise<number> {
  const { trace } = await engine.forwardTokens({ task: 0, ids: newText(length) });
  const { prefill } = await engine.partTimes({ task: 0, trace });
  return prefill.parts.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
}

async function passSeconds(engine: Engine, length: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < PASSES; pass++) {
    const { forwardSeconds } = await engine.forwardTokens({ task: 0, ids: newText(length) });
    least = Math.min(least, forwardSeconds);
  }
  return least;
}

/** Its first token is new, so that nothing of an earlier one is used again. */
function newText(length: number): number[] {
  texts += 1;
  return Array.from({ length }, (_, i) => (i === 0 ? 1000 + texts : 2000 + ((i * 7919) % 40_000)));
}
