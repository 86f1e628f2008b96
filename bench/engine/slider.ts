/**
 * The slider of an adapter that is kept apart: `node bench/run.mjs engine/slider`. A text of 300 tokens under a new gain, to
 * the log-probabilities that colours are made of, against the model alone and against the adapter merged into its weights.
 * The adapter has rank 8 on every linear layer, and numbers that are the same in every run.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { env } from 'onnxruntime-node';
import { type Engine, startEngine } from '../../src/engine/client';
import { openCheckpoint } from '../../src/model/checkpoint/open';
import { writeGguf } from '../../test/support/write-gguf';
import { machine } from '../machine';
import { report } from '../report';
import { readModel } from './model';
import { loadRequest } from './vitrine';
import { Watch } from './watch';

const TOKENS = 300;
const RANK = 8;
const ROUNDS = process.argv.includes('--quick') ? 5 : 15;
const AIM_MS = 100;

const model = readModel();
const watch = new Watch();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const adapter = writeAdapter();
const engines: Engine[] = [];
const alone = await engineWith({});
const merged = await engineWith({ adapter });
const apart = await engineWith({ adapter, adapterApart: true });

let round = 0;
const times = (await watch.fastest(ROUNDS, {
  // The text's first token changes, so that nothing of an earlier one is used again.
  alone: () => coloured(alone, { first: ++round }),
  merged: () => coloured(merged, { first: ++round }),
  apart: () => coloured(apart, { first: ++round }),
  // The text stays, as under a slider.
  slider: () => coloured(apart, { first: 1, adapterGain: 0.01 * ++round }),
})) as Record<'alone' | 'merged' | 'apart' | 'slider', number>;
for (const engine of engines) await engine.stop();
const ms = (seconds: number) => `${Math.round(1000 * seconds)} ms`;
const share = times.apart / times.merged - 1;
report(
  'slider',
  `${basename(model.path)} on ${machine(`onnxruntime ${env.versions.node}`)} A text of ${TOKENS} tokens under a new gain takes ${ms(times.slider)} to their log-probabilities (aim: ${AIM_MS} ms, ${times.slider * 1000 <= AIM_MS ? 'met' : 'missed'}). The model alone takes ${ms(times.alone)} for another text, with the adapter merged ${ms(times.merged)}, kept apart ${ms(times.apart)} (${(100 * share).toFixed(0)} % more).`,
  ...(watch.warning ? [watch.warning] : []),
);

async function engineWith(options: { adapter?: string; adapterApart?: boolean }): Promise<Engine> {
  const engine = startEngine();
  engines.push(engine);
  await engine.load({ ...loadRequest({ model, cacheFolder: join(folder, 'cache') }), ...options });
  return engine;
}

/** Seconds until a text's log-probabilities are there. */
async function coloured(engine: Engine, { first, adapterGain }: { first: number; adapterGain?: number }) {
  const ids = Array.from({ length: TOKENS }, (_, i) => (i === 0 ? 1000 + first : 2000 + ((i * 7919) % 40_000)));
  const started = performance.now();
  const { trace } = await engine.forwardTokens({ task: 0, ids, ...(adapterGain !== undefined && { adapterGain }) });
  await engine.predictions({ trace, from: 0, to: TOKENS, topK: 5 });
  return (performance.now() - started) / 1000;
}

function writeAdapter(): string {
  const checkpoint = openCheckpoint(model.path);
  const matrices = [...checkpoint.tensors.values()].filter(
    ({ name, shape }) => name.startsWith('blk.') && shape.length === 2,
  );
  let seed = 1;
  // Lehmer's generator.
  const values = (length: number, scale: number) =>
    Float32Array.from({ length }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return scale * (seed / 2_147_483_647 - 0.5);
    });
  const tensors = matrices.flatMap(({ name, shape: [rows = 0, width = 0] }) => [
    { name: `${name}.lora_a`, type: 'F32' as const, shape: [RANK, width], data: values(RANK * width, 0.1) },
    { name: `${name}.lora_b`, type: 'F32' as const, shape: [rows, RANK], data: values(rows * RANK, 0.05) },
  ]);
  checkpoint.close();
  const metadata = {
    'general.architecture': 'llama',
    'general.type': 'adapter',
    'general.name': 'Slider',
    'adapter.type': 'lora',
    'adapter.lora.alpha': RANK,
  };
  const path = join(folder, 'adapter.gguf');
  writeFileSync(path, writeGguf({ metadata, tensors }));
  return path;
}
