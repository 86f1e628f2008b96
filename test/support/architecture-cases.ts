import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AskedStorage } from '../../src/shared/request-fields';

/* Tiny models of many families with transformers' values: README.md beside them. */

const FOLDERS = ['../fixtures/architectures/', '../../../shared/golden/architectures/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

export interface ArchitectureGolden {
  float32_noise: number;
  gguf: {
    reference?: string;
    refused?: string;
    why?: string;
    /** Names of the files, where there are several. */
    parts?: string[];
    /** How many tensors are of which type, where some are quantised. */
    types?: Record<string, number>;
  };
  texts: GoldenText[];
  /** A chat as its template writes it. */
  chat?: { text: string; ids: number[] };
}

export interface GoldenText {
  name: string;
  text: string;
  ids: number[];
  ids_plain?: number[];
  logprob: (number | null)[];
  rank: (number | null)[];
  entropy_bits: number[];
  top: [number, number][][];
  /** [layer][head][query]: the weights of keys 0 to the query; null for a layer without attention. */
  attention?: (number[][][] | null)[];
  attention_heads?: { layer: number; head: number; rows: number[][] }[];
  /** [layer][token]: [expert, weight], the largest weight first. */
  experts?: ([number, number][][] | null)[];
}

export interface ArchitectureCase {
  name: string;
  format: 'gguf' | 'huggingFace';
  path: string;
  golden: ArchitectureGolden;
  /** How its quantised matrices are kept. */
  weights: AskedStorage;
}

/** Models that have something that no graph of their architecture has, by what it is called. */
const REFUSED: Readonly<Record<string, RegExp>> = { 'gemma4-per-layer': /per_layer_input/ };

/** Every model that there is here, in each format that it comes in. */
const ALL_CASES: ArchitectureCase[] = FOLDERS.filter(existsSync).flatMap((folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'golden.json')))
    .flatMap(({ name }) => casesIn(join(folder, name), name)),
);

/** Those that open. */
export const ARCHITECTURE_CASES = ALL_CASES.filter(({ name }) => !(name in REFUSED));

/** Those that are refused, and what the refusal names. */
export const REFUSED_CASES = ALL_CASES.filter(({ name }) => name in REFUSED).map((one) => ({
  ...one,
  refused: REFUSED[one.name] as RegExp,
}));

function casesIn(folder: string, name: string): ArchitectureCase[] {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ArchitectureGolden;
  const golden = read('golden.json');
  const cases: ArchitectureCase[] = [];
  const add = (format: ArchitectureCase['format'], file: string, judge: ArchitectureGolden) => {
    const path = join(folder, file);
    if (!existsSync(path)) return;
    cases.push({ name, format, path, golden: judge, weights: 'float32' });
    if (golden.gguf?.types) cases.push({ name, format, path, golden: judge, weights: 'packed' });
  };
  add('huggingFace', 'hf', golden);
  const { reference, parts } = golden.gguf ?? {};
  if (reference) add('gguf', parts?.[0] ?? 'model.gguf', read(reference));
  return cases;
}
