import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A model that is measured. */
export interface LargerModel {
  name: string;
  /** A GGUF file. */
  path: string;
  /** What transformers reads: a folder of its own, or the file. Undefined where it needs more memory than people have. */
  checkpoint?: string;
  /** Tokens of the texts. */
  texts: number[];
  rounds: number;
  /** Whether the aims are about it. */
  hasAims: boolean;
}

/** Tokens of the text by which memory is measured, and which is continued. */
export const MEMORY_TOKENS = 512;
/** Tokens by which it is continued. */
export const CONTINUED = 16;
/** Of the longest text. */
export const HEADS = 9;

/** Those that a folder has, each in a folder of its own as bench/models/make.py writes it. */
export function largerModels(folder: string): LargerModel[] {
  const place = (...names: string[]) => join(folder, ...names);
  const small = { texts: [128, 512, 2048], rounds: 3, hasAims: false };
  const gemma = place('gemma-3-270m', 'model.gguf');
  const models: LargerModel[] = [
    { ...small, name: 'Gemma 3 270M, Q4_K_M', path: gemma, checkpoint: gemma },
    ...['qwen2.5-0.5b', 'llama-3.2-1b'].map((shape) => ({
      ...small,
      name: `Random weights in the shape of ${shape}, F16`,
      path: place(shape, 'model.gguf'),
      checkpoint: place(shape, 'hf'),
    })),
    {
      name: 'Random weights in the shape of mistral-7b, Q4_K_M',
      path: place('mistral-7b', 'model.gguf'),
      texts: [512, 2048],
      rounds: 2,
      hasAims: true,
    },
  ];
  return models.filter(({ path }) => existsSync(path));
}
