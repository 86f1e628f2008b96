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

/** Tokens of the text by which memory is measured. */
export const MEMORY_TOKENS = 512;
/** Tokens by which it is continued. */
export const CONTINUED = 16;
/** Of the longest text. */
export const HEADS = 9;

/** Where bench/models/make.py has made them, in folders of their names. */
export function largerModels(folder: string, gemma: string | undefined): LargerModel[] {
  const made = (name: string) => join(folder, name, 'model.gguf');
  const shaped = (name: string, shape: string): LargerModel => ({
    name: `${name}, random weights, F16`,
    path: made(shape),
    checkpoint: join(folder, shape, 'hf'),
    texts: [128, 512, 2048],
    rounds: 3,
    hasAims: false,
  });
  return [
    ...(gemma ? [{ ...shaped('', ''), name: 'Gemma 3 270M, Q4_K_M', path: gemma, checkpoint: gemma }] : []),
    shaped('Shaped as Qwen2.5-0.5B', 'qwen2.5-0.5b'),
    shaped('Shaped as Llama-3.2-1B', 'llama-3.2-1b'),
    {
      name: 'Shaped as Mistral-7B, random weights, Q4_K_M',
      path: made('mistral-7b'),
      texts: [512, 2048],
      rounds: 2,
      hasAims: true,
    },
  ];
}
