import type { ComparedText, DivergenceStatistics, ScoredPair } from './difference-api';

/** Forms of the same weights that can be held against those in use: see `WEIGHT_STORAGES`. */
export const COMPARED_FORMS = ['float32', 'packed', 'bf16', 'fp16', 'q8_0', 'q4_0'] as const;
export type ComparedForm = (typeof COMPARED_FORMS)[number];

/** What of a text was measured, and how. */
export interface DivergenceScope {
  /** The whole document, or what is selected of it. */
  whole: boolean;
  /** In llama.cpp's own chunks, or the text as it is. */
  asLlamaCpp: boolean;
}

/** Statistics that were measured. */
export interface MeasuredDivergence extends DivergenceScope {
  statistics: DivergenceStatistics;
}

/** What views ask about two models. Long work goes by a number of the view's choice, as in `Runs`. */
export interface Comparisons {
  /** The text that is inspected, as both read it. */
  differences(request: { task: number }): Promise<ComparedText>;
  /** llama.cpp's statistics. */
  divergence(request: DivergenceScope & { task: number }): Promise<DivergenceStatistics>;
  /** Two answers to a prompt; as a chat, the prompt goes through each model's template. */
  scorePair(request: {
    task: number;
    prompt: string;
    chosen: string;
    rejected: string;
    isChat: boolean;
  }): Promise<ScoredPair>;
  /** Whether a token of one model is the same token to the other. Fails where memory holds only one of them. */
  sameVocabulary(): Promise<boolean>;
  /** Asks a person what to compare with. */
  compareWith(): Promise<void>;
  /** The model in use with its weights in another form, in place of what was compared. */
  compareForm(form: ComparedForm): Promise<void>;
  stopComparing(): Promise<void>;
  setAdapterGain(gain: number): Promise<void>;
}
