/**
 * Models of other families and sizes against transformers and llama.cpp, one table each:
 *
 *     node bench/run.mjs larger/main FOLDER [GEMMA.gguf] [--only WORD] [--write]
 *
 * FOLDER has what bench/models/make.py makes, in folders of the shapes' names, and room for what is compiled; GEMMA is
 * gemma-3-270m.Q4_K_M.gguf. VITRINE_PYTHON names a Python with bench/peers/requirements.txt and llama-cpp-python.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { env } from 'onnxruntime-node';
import type { ModelConfig } from '../../src/model/config';
import { readModel } from '../engine/model';
import { watchOthers } from '../engine/others';
import { findPython } from '../engine/python';
import { tableOf } from '../engine/table';
import { Texts } from '../engine/texts';
import { machine } from '../machine';
import { report } from '../report';
import { compiling } from './compiling';
import { measurementsOf } from './measurements';
import { HEADS, type LargerModel, largerModels } from './plan';
import { LLAMA, type VitrineReader, withLlama, withTransformers, withVitrine } from './readers';
import { type Times, timesOf } from './times';

const PRINT_VERSIONS = `
import accelerate, gguf, llama_cpp, torch, transformers
print(f"transformers {transformers.__version__}, torch {torch.__version__} ({torch.get_num_threads()} threads), llama-cpp-python {llama_cpp.__version__}")
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, write: { type: 'boolean' } },
});
const [folder = '', gemma] = positionals;
const found = findPython(PRINT_VERSIONS);
if (!found)
  throw new Error('No Python with bench/peers/requirements.txt and llama-cpp-python was found (VITRINE_PYTHON).');
const { python, versions } = found;
const othersShare = watchOthers();
const tables: string[] = [];
for (const model of largerModels(folder, gemma).filter(({ name }) => name.includes(values.only))) {
  tables.push(`${model.name}:`, await measure(model));
}
report('larger', ...tables, machine(`onnxruntime ${env.versions.node}`, versions), busyNote(othersShare()));

/** Each reader has the machine for itself, one after another: of the largest, two would not fit. */
async function measure(model: LargerModel): Promise<string> {
  console.error(model.name);
  const own = mkdtempSync(join(folder, 'bench-'));
  try {
    const cacheFolder = join(own, 'compiled');
    const compiled = await compiling(model.path, cacheFolder);
    const read = readModel(model.path);
    const texts = new Texts(read.tokenizer);
    const { ours, heads } = await withVitrine(model, cacheFolder, async (reader) => {
      const ours = await timesOf('Vitrine', reader, model, read, texts);
      const { ids } = read.tokenizer.encode(texts.next(model.texts.at(-1) as number));
      return { ours, heads: await openHeads(reader, ids, read.config) };
    });
    const others: Record<string, Times> = {};
    others[LLAMA] = await withLlama(python, model, (reader) => timesOf(LLAMA, reader, model, read, texts));
    if (model.checkpoint) {
      await withTransformers(python, model.checkpoint, async (readers) => {
        for (const [name, reader] of Object.entries(readers)) {
          others[name] = await timesOf(name, reader, model, read, texts);
        }
      });
    }
    return tableOf(measurementsOf(model, compiled, ours, heads, others));
  } finally {
    rmSync(own, { recursive: true });
  }
}

/** Seconds for each of some heads of all layers. */
async function openHeads(reader: VitrineReader, ids: Uint32Array, config: ModelConfig): Promise<number[]> {
  const { numHiddenLayers, numAttentionHeads } = config;
  await reader.read(ids);
  const seconds: number[] = [];
  for (let i = 0; i < HEADS; i++) {
    seconds.push(await reader.open(Math.floor((i * numHiddenLayers) / HEADS), i % numAttentionHeads));
  }
  return seconds;
}

function busyNote(share: number): string {
  const percent = Math.round(100 * share);
  return percent < 10
    ? 'Nothing else ran on it.'
    : `Other programs took ${percent} % of its processors meanwhile: seconds are longer than they would be, processor seconds less so. Repeat it on a quiet machine.`;
}
