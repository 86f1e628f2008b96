import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrainingTokens } from '../src/shared/anatomy-api';
import { sentence, VitrineError } from '../src/shared/errors';

/** A model that Vitrine knows by its file. */
export interface CatalogueModel {
  id: string;
  name: string;
  /** The file's name. */
  file: string;
  /** In hexadecimal. */
  sha256: string;
  bytes: number;
  /** SPDX identifier. */
  licence: string;
  /** ISO 639-1 codes of the languages it was trained for. */
  languages: readonly string[];
  /** Number of weights. */
  parameters: number;
  /** Context length, in tokens. */
  context: number;
  trainingTokens?: TrainingTokens;
}

/** The model that comes with Vitrine, in this folder. PROVENANCE.md says where it is from. */
export const defaultModel: CatalogueModel = {
  id: 'smollm2-135m-instruct',
  name: 'SmolLM2-135M-Instruct',
  file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  bytes: 98_362_432,
  licence: 'Apache-2.0',
  languages: ['en'],
  parameters: 134_515_008,
  context: 8192,
  trainingTokens: { count: 2e12, source: 'HuggingFaceTB/SmolLM2-135M' },
};

export const catalogue: readonly CatalogueModel[] = [defaultModel];

/** The model whose file has this content, whatever the file is called. */
export function catalogueModelOf(sha256: string): CatalogueModel | undefined {
  return catalogue.find((model) => model.sha256 === sha256);
}

/** Holds from the sources, models/catalogue.ts, and from a bundle, dist/NAME.js: both are one folder below the root. */
const modelsFolder = new URL('../models/', import.meta.url);

export function defaultModelPath(): string {
  return fileURLToPath(new URL(defaultModel.file, modelsFolder));
}

/**
 * Refuses a file that has the name of a catalogue model and another content: a damaged download, most likely.
 *
 * @param sha256 of the file at `path`, in hexadecimal.
 * @throws VitrineError `catalogue.mismatch`
 */
export function checkCatalogueFile(path: string, sha256: string): void {
  const known = catalogue.find(({ file }) => file === basename(path));
  if (known !== undefined && known.sha256 !== sha256) {
    throw new VitrineError(
      'catalogue.mismatch',
      sentence`${path} is not the ${known.name} that Vitrine knows (its SHA-256 is ${sha256}, not ${known.sha256}): it is probably damaged, so get it again; if it is another model, rename it.`,
    );
  }
}
