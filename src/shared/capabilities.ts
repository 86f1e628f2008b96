import { type Sentence, sentence, VitrineError } from './errors';

/** What a model can give, wherever it runs: views ask this, and never by what it is run. */
export interface Capabilities {
  /** How probable the tokens of a text are. */
  hasLogprobs: boolean;
  /** Its vocabulary: how texts become tokens without asking it. */
  hasVocabulary: boolean;
  /** How many tokens are more probable than one: of every token, of those among the alternatives, or of none. */
  ranks: 'all' | 'amongAlternatives' | 'none';
  /** How many of the most probable tokens it names at a position, at most. */
  mostAlternatives: number;
  /** Of the distribution after a token: as it is, at least, or not known. */
  entropy: 'exact' | 'bound' | 'none';
  /** How probable every token of the vocabulary is at a position, and logits with that. */
  hasDistributions: boolean;
  /** How it goes on with a text. */
  hasContinuations: boolean;
  /** What its heads attend to. */
  hasAttention: boolean;
  /** What passes from layer to layer, and what each part adds. */
  hasResidualStream: boolean;
  /** Runs in which something is changed: heads switched off, directions added, tokens hidden. */
  hasInterventions: boolean;
  /** Its weights, and what its parts take. */
  hasWeights: boolean;
}

/** One that is run by Vitrine itself. */
export const ALL_CAPABILITIES: Capabilities = {
  hasLogprobs: true,
  hasVocabulary: true,
  ranks: 'all',
  mostAlternatives: Number.MAX_SAFE_INTEGER,
  entropy: 'exact',
  hasDistributions: true,
  hasContinuations: true,
  hasAttention: true,
  hasResidualStream: true,
  hasInterventions: true,
  hasWeights: true,
};

/** One of which nothing but a continuation is to be had. */
export const CONTINUATION_ONLY: Capabilities = {
  hasLogprobs: false,
  hasVocabulary: false,
  ranks: 'none',
  mostAlternatives: 0,
  entropy: 'none',
  hasDistributions: false,
  hasContinuations: true,
  hasAttention: false,
  hasResidualStream: false,
  hasInterventions: false,
  hasWeights: false,
};

/** Those that a model has or has not. */
export type Capability = {
  [C in keyof Capabilities]: Capabilities[C] extends boolean ? C : never;
}[keyof Capabilities];

/** What is said in the place of what a model does not give. @param model as people know it */
export function absence(capability: Capability, model: string): Sentence {
  return SAID[capability](model);
}

/** Before a text goes anywhere. @throws VitrineError `capability.absent` */
export function checkCapability(
  { name, capabilities }: { name: string; capabilities: Capabilities },
  capability: Capability,
): void {
  if (!capabilities[capability]) throw new VitrineError('capability.absent', absence(capability, name));
}

const SAID: Record<Capability, (model: string) => Sentence> = {
  hasLogprobs: (model) => sentence`${model} does not tell how probable the tokens of a text are.`,
  hasVocabulary: (model) =>
    sentence`The server of ${model} makes the tokens of texts itself, and this takes its vocabulary. Connect again and give the model’s tokenizer.json, or a GGUF file of it.`,
  hasDistributions: (model) => sentence`${model} names only the most probable tokens, not the whole distribution.`,
  hasContinuations: (model) => sentence`${model} does not go on with texts.`,
  hasAttention: (model) =>
    sentence`${model} runs on a server, which does not give its attention. A model on this machine does.`,
  hasResidualStream: (model) =>
    sentence`${model} runs on a server, which does not give what passes from layer to layer. A model on this machine does.`,
  hasInterventions: (model) =>
    sentence`${model} runs on a server, where nothing inside of it can be changed. In a model on this machine it can.`,
  hasWeights: (model) =>
    sentence`${model} runs on a server, which does not give its weights. A model on this machine does.`,
};
