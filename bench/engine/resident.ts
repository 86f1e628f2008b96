/**
 * What the engine's process holds of memory while somebody works with it, and what it gives back when nobody does:
 * `npm run bench engine/resident`. Linux only.
 */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Engine, startEngine } from '../../src/engine/client';
import { cacheFolder } from '../../src/model/cache/folder';
import { readModel } from './model';
import { megabytes } from './table';
import { Texts } from './texts';
import { loadRequest } from './vitrine';

const EDITS = 71;
const EDITED_TOKENS = 2000;
const LONG_READS = [4096, 4096, 8000];
/** Longer than the engine waits until it takes nobody to be there. */
const IDLE_MS = 15_000;

const model = readModel();
const texts = new Texts(model.tokenizer);
const engine = startEngine();
try {
  await engine.load(loadRequest({ model, cacheFolder: cacheFolder() }));
  await tell('loaded');
  await edit(engine);
  await tell(`${EDITS} edits of ${EDITED_TOKENS} tokens`);
  await setTimeout(IDLE_MS);
  await tell('then idle');
  for (const tokens of LONG_READS) {
    await read(engine, texts.next(tokens));
    await tell(`${tokens} tokens`);
  }
  await setTimeout(IDLE_MS);
  await tell('then idle');
  await read(engine, 'The mouse ate the cheese.');
  await tell('a sentence');
} finally {
  await engine.stop();
}

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

async function tell(when: string): Promise<void> {
  const { traces, traceBytes, cacheBytes } = await engine.status({});
  const status = readFileSync(`/proc/${engine.pid}/status`, 'utf8');
  const size = (name: string) => megabytes(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024);
  const shown = [
    `resident ${size('VmRSS')} (of it files ${size('RssFile')})`,
    `peak ${size('VmHWM')}`,
    `${traces} traces ${megabytes(traceBytes)}`,
    `keys and values ${megabytes(cacheBytes)}`,
  ];
  console.log(`${when}: ${shown.join(', ')}`);
}
