/**
 * What the engine's process holds of memory while somebody works with it, and what it gives back when nobody does. Linux
 * only: other systems do not tell so much of a process.
 */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { env } from 'onnxruntime-node';
import { type Engine, startEngine } from '../../src/engine/client';
import { cacheFolder } from '../../src/model/cache/folder';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { readModel } from './model';
import { megabytes, tokenCount } from './table';
import { Texts } from './texts';
import { loadRequest } from './vitrine';

const EDITS = 71;
const EDITED_TOKENS = 2000;
const LONG_READS = [4096, 8000];
/** Longer than the engine waits until it takes nobody to be there. */
const IDLE_MS = 12_000;

const model = readModel();
const texts = new Texts(model.tokenizer);
const rows = [['After', 'Resident', 'At most until then', 'Of it what was read', 'Traces']];
const engine = startEngine();
try {
  await engine.load(loadRequest({ model, cacheFolder: cacheFolder() }));
  await note('loading the model');
  await edit(engine);
  await note(`${EDITS} edits of a text of ${tokenCount(EDITED_TOKENS)}`);
  await rest();
  for (const tokens of LONG_READS) {
    await read(engine, texts.next(tokens));
    await note(`reading ${tokenCount(tokens)}`);
  }
  await rest();
  await read(engine, 'The mouse ate the cheese.');
  await rest('one sentence, and ');
} finally {
  await engine.stop();
}
report('resident', markdownTable([':-', '-:', '-:', '-:', '-:'], rows), machine(`onnxruntime ${env.versions.node}`));

/** One word after another is changed, from the start to the end of the text. */
async function edit(engine: Engine): Promise<void> {
  const words = texts.next(EDITED_TOKENS).split(' ');
  for (let edit = 0; edit < EDITS; edit++) {
    words[Math.floor((edit * words.length) / EDITS)] = 'cheese';
    await read(engine, words.join(' '));
  }
}

/** As colours ask. */
async function read(engine: Engine, text: string): Promise<void> {
  const { trace, ids } = await engine.forward({ task: 0, text });
  await engine.predictions({ trace, from: 0, to: ids.length });
}

async function rest(after = ''): Promise<void> {
  await setTimeout(IDLE_MS);
  await note(`${after}a rest of ${IDLE_MS / 1000} s`);
}

async function note(when: string): Promise<void> {
  const { traces, traceBytes, cacheBytes } = await engine.status({});
  const row = [when, megabytes(sizeOf('VmRSS')), megabytes(sizeOf('VmHWM')), megabytes(traceBytes + cacheBytes)];
  console.error(row.join(', '));
  rows.push([...row, `${traces}`]);
}

/** In bytes: proc(5). */
function sizeOf(field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${engine.pid}/status`, 'utf8');
  return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
}
