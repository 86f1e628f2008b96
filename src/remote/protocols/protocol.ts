import type { Question } from '../ask-server';

/** What a server is asked about a row of tokens. */
export interface ScoreRequest {
  /** Of the model, as the server has it. */
  model: string;
  ids: Uint32Array;
  /** The text of those ids behind `begin`, for servers that take no ids; empty for others. */
  text: string;
  /** So many of the most probable tokens at each position. */
  topK: number;
  /** By what a server divides logits before it draws a token: what it says of the text may not depend on it. */
  temperature: number;
  /** Only tokens behind this one are of interest: a server may leave out what it says of it and those before it. */
  knownUpTo: number;
}

/** A token that might stand at a position. */
export interface Alternative {
  id: number;
  logprob: number;
}

/** What a server says of a token of a text. */
export interface ScoredToken {
  /** Which token it says stands there; undefined where it does not say. */
  id: number | undefined;
  /** Natural logarithm; null of the first token, which nothing predicts. */
  logprob: number | null;
  /** How many tokens are more probable; undefined where it does not say. */
  rank: number | undefined;
  /** The most probable tokens in its place, the first first. */
  top: Alternative[];
}

/** What a server says of a row of tokens. */
export interface PromptScores {
  /** From `from` on, in their order. */
  tokens: ScoredToken[];
  /** The first token of which it says something: it says nothing of how probable that one is. */
  from: number;
  /** The most probable tokens behind the last one, the first first. */
  next: Alternative[];
}

/** How servers of a kind are asked how probable the tokens of a text are. */
export interface Protocol {
  /** As people know it. */
  name: string;
  /** Whether it says how many tokens are more probable than the one that stands there. */
  hasRanks: boolean;
  /** The most alternatives that it ever gives. */
  mostAlternatives: number;
  /** Whether an answer may leave out tokens that are known. */
  isIncremental: boolean;
  /** Whether it takes ids; else the text. */
  takesIds: boolean;
  question(request: ScoreRequest): Pick<Question, 'path' | 'body'>;
  /** What an answer says; undefined where it has the form of one that says nothing of the text. @throws UnknownForm or ValiError */
  read(answer: unknown, request: ScoreRequest): PromptScores | undefined;
}

/** Of what else a draw depends on, what OpenAI’s completions have: as the model has it. Other words they may refuse. */
export const UNCHANGED_BY_OPENAI = { top_p: 1, presence_penalty: 0, frequency_penalty: 0 } as const;

/** What every server is asked to leave as the model has it. Servers fill in what is left out from a file of the model's makers. */
export const UNCHANGED = {
  ...UNCHANGED_BY_OPENAI,
  top_k: -1,
  min_p: 0,
  repetition_penalty: 1,
} as const;

/** The most probable first. */
export function byProbability(alternatives: Alternative[]): Alternative[] {
  return alternatives.sort((a, b) => b.logprob - a.logprob);
}
