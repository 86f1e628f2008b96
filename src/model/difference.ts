import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Difference } from '../shared/engine-api';
import type { VocabularySpecification } from '../shared/tokens';
import { readSmallFile } from './cache/read-file';
import type { ModelConfig } from './config';
import type { EncodedGraphs } from './graphs';
import type { ComparisonGraphs } from './graphs/comparison';
import type { PlacedWeight } from './weights';

/** Beside the weights of a model that were rounded: how far it is from the exact one. */
const DIFFERENCE_FILE = 'difference.json';

const schema: v.GenericSchema<Difference> = v.object({
  tokens: v.number(),
  meanKl: v.number(),
  changedFirstGuesses: v.number(),
});

/** A model whose weights were just rounded, and the file's own. */
export interface ComparedModels {
  config: ModelConfig;
  vocabulary: VocabularySpecification;
  weights: ReadonlyMap<string, PlacedWeight>;
  weightsFolder: string;
  graphs: EncodedGraphs;
  comparison: ComparisonGraphs;
  /** A weight as float32, as the file has it: whole rows at a time, from the first to the last. */
  exactPieces(name: string): Iterable<Float32Array>;
}

/** Measures how far they are apart; undefined where somebody does not wait for it. */
export type MeasureDifference = (models: ComparedModels) => Promise<Difference | undefined>;

export async function writeDifference(folder: string, difference: Difference): Promise<void> {
  await writeFile(join(folder, DIFFERENCE_FILE), JSON.stringify(difference));
}

/** Undefined where it was not measured. */
export async function readDifference(folder: string): Promise<Difference | undefined> {
  try {
    return v.parse(schema, JSON.parse(await readSmallFile(join(folder, DIFFERENCE_FILE))));
  } catch {
    return undefined;
  }
}
