/** Of a model, as short as people say it: `SmolLM2-135M-Instruct` is `SmolLM2 135M`. Ollama's, with a tag, are said whole. */
export function shortModelName(name: string): string {
  if (name.includes(':')) return name;
  return name
    .replace(/[-_](instruct|chat|it|gguf)\b/gi, '')
    .replace(/[-_]+/g, ' ')
    .trim();
}

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
