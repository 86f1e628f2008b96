import { spokenDigits } from './numbers';

/** What is said of a model in a word or two, for those whose names people shorten. */
const MODELS: Readonly<Record<string, string>> = { 'SmolLM2-135M-Instruct': 'SmolLM2 135M' };

/**
 * Of a model, as short as can be said of no other: that of the model that comes with Vitrine, whatever was made of it, and the
 * whole name of any other. `Qwen3-0.6B` and `Qwen3-0.6B-Instruct` are two.
 */
export function shortModelName(name: string): string {
  const [own = ''] = name.split(' ', 1);
  return (MODELS[own] ?? own) + name.slice(own.length);
}

/** The name of a model with an adapter, where that is not added just once with how many times: `tiny + 0.5 × poet`. */
export function withGain(name: string, adapter: string, gain = 1): string {
  return gain === 1 ? name : name.replace(`+ ${adapter}`, () => `+ ${spokenDigits(`${gain}`)} × ${adapter}`);
}

/** Of two models with one name, what the path of one has that the other's has not: its file, or a folder above. */
export function placeOf(path: string, other: string): string {
  const [own, others] = [partsOf(path), partsOf(other)];
  while (own.length > 1 && own.at(-1) === others.at(-1)) {
    own.pop();
    others.pop();
  }
  return own.at(-1) ?? path;
}

const partsOf = (path: string): string[] => path.split(/[\\/]/).filter((part) => part !== '');

const VOCABULARIES: Readonly<Record<string, string>> = {
  gpt2: 'GPT-2',
  r50k_base: 'r50k',
  p50k_base: 'p50k',
  cl100k_base: 'cl100k',
  o200k_base: 'o200k',
};

/** Of one of tiktoken's vocabularies, as people say it. */
export function vocabularyName(name: string): string {
  return VOCABULARIES[name] ?? name;
}

/** The name by which the loaded model's own vocabulary goes beside tiktoken's. */
export const MODEL_VOCABULARY = 'model';
