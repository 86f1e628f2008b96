/** A model on Hugging Face's hub that one may begin with. What its files are and how large, the hub says. */
export interface StartingPoint {
  /** OWNER/NAME of a repository with GGUF files. */
  repository: string;
  /** With its size, as people call it, and whether it has learnt to chat. */
  name: string;
  /** ISO 639-1 codes of languages it was trained for, of those that it knows well. */
  languages: readonly string[];
}

const MANY = ['en', 'es', 'fr', 'de', 'it', 'pt'];

/** The smallest first. */
export const startingPoints: readonly StartingPoint[] = [
  { repository: 'unsloth/gemma-3-270m-it-GGUF', name: 'Gemma 3 270M (chat)', languages: MANY },
  { repository: 'HuggingFaceTB/SmolLM2-360M-Instruct-GGUF', name: 'SmolLM2 360M (chat)', languages: ['en'] },
  { repository: 'Qwen/Qwen3-0.6B-GGUF', name: 'Qwen3 0.6B (chat)', languages: MANY },
  { repository: 'ggml-org/gemma-3-1b-it-GGUF', name: 'Gemma 3 1B (chat)', languages: MANY },
  { repository: 'bartowski/Llama-3.2-1B-Instruct-GGUF', name: 'Llama 3.2 1B (chat)', languages: MANY },
  { repository: 'HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF', name: 'SmolLM2 1.7B (chat)', languages: ['en'] },
  { repository: 'Qwen/Qwen3-1.7B-GGUF', name: 'Qwen3 1.7B (chat)', languages: MANY },
  { repository: 'bartowski/Llama-3.2-3B-Instruct-GGUF', name: 'Llama 3.2 3B (chat)', languages: MANY },
  { repository: 'Qwen/Qwen3-4B-GGUF', name: 'Qwen3 4B (chat)', languages: MANY },
];

/** Knows Spanish, which the model that comes with Vitrine does not: the base of the first, as it was before it learnt to chat. */
export const spanishModel: StartingPoint = {
  repository: 'ggml-org/gemma-3-270m-GGUF',
  name: 'Gemma 3 270M',
  languages: MANY,
};
