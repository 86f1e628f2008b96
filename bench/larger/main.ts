/**
 * Models of other families and sizes against transformers and llama.cpp, one table each:
 *
 *     VITRINE_BENCH_MODELS=FOLDER node bench/run.mjs larger/main [--only WORD] [--write]
 *
 * FOLDER has what bench/models/make.py makes, in folders of the shapes' names, and room for what is compiled; and
 * gemma-3-270m.Q4_K_M.gguf as gemma-3-270m/model.gguf. VITRINE_PYTHON names a Python with bench/peers/requirements.txt.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { env } from 'onnxruntime-node';
import type { ModelConfig } from '../../src/model/config';
import { readModel } from '../engine/model';
import { watchOthers } from '../engine/others';
import { TRANSFORMERS, TRANSFORMERS_WITH_ATTENTIONS } from '../engine/peer';
import { findPython } from '../engine/python';
import { tableOf } from '../engine/table';
import { Texts } from '../engine/texts';
import { machine } from '../machine';
import { report } from '../report';
import { compiling } from './compiling';
import { measurementsOf } from './measurements';
import { HEADS, type LargerModel, largerModels } from './plan';
import { LLAMA, type Reader, type VitrineReader, withLlama, withTransformers, withVitrine } from './readers';
import { type Times, timesOf } from './times';

const PRINT_VERSIONS = `
import accelerate, gguf, llama_cpp, torch, transformers
print(f"transformers {transformers.__version__}, torch {torch.__version__} ({torch.get_num_threads()} threads), llama-cpp-python {llama_cpp.__version__}")
`;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, write: { type: 'boolean' } } });
const folder = process.env.VITRINE_BENCH_MODELS;
if (!folder) throw new Error('VITRINE_BENCH_MODELS does not name the folder of what bench/models/make.py makes.');
const models = largerModels(folder).filter(({ name }) => name.includes(values.only));
const found = findPython(PRINT_VERSIONS);
if (!found) throw new Error('No Python with bench/peers/requirements.txt was found (VITRINE_PYTHON).');
const { python, versions } = found;
const othersShare = watchOthers();
const tables: string[] = [];
for (const model of models) {
  tables.push(`${model.name}:`, await measure(model, folder));
}
report('larger', ...tables, machine(`onnxruntime ${env.versions.node}`, versions), busyNote(othersShare()));

/** Each reader has the machine for itself, one after another: of the largest, two would not fit. */
async function measure(model: LargerModel, folder: string): Promise<string> {
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
    const measured = (name: string) => (reader: Reader) => timesOf(name, reader, model, read, texts);
    const others: Record<string, Times> = { [LLAMA]: await withLlama(python, model, measured(LLAMA)) };
    if (model.checkpoint) {
      for (const name of [TRANSFORMERS, TRANSFORMERS_WITH_ATTENTIONS]) {
        const attentions = name === TRANSFORMERS_WITH_ATTENTIONS;
        others[name] = await withTransformers(python, model.checkpoint, attentions, measured(name));
      }
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
