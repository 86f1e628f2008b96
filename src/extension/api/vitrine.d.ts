/*
 * What Vitrine offers to other extensions. Copy this file into yours, name `vitrine.vitrine` in the `extensionDependencies`
 * of your manifest, and ask for it:
 *
 *     const vitrine = await vscode.extensions.getExtension<VitrineApi>('vitrine.vitrine')?.activate();
 *
 * docs/api.md of Vitrine tells more.
 */
import type { CancellationToken, Event, Uri } from 'vscode';

/**
 * Everything is computed on the machine that the extension runs on, unless a person has chosen a model on a server in this
 * window: then texts that it is to read go there, once that person has agreed. Such a model tells less of a text, and nothing
 * of its heads. The first call that needs the model loads it. A call that fails, or that asks for what the model does not
 * give, rejects with an Error whose `message` can be shown to people.
 */
export interface VitrineApi {
  /** Grows when something that is here changes; what is added leaves it as it is. */
  readonly version: 1;

  /**
   * The tokens of a text.
   *
   * @param tokenizer `model` (the default) for the vocabulary of the model in use, or `gpt2`, `r50k_base`, `p50k_base`,
   *   `cl100k_base`, `o200k_base`
   */
  tokenize(text: string, tokenizer?: string): Promise<VitrineToken[]>;

  /** What the model thinks of each token of a text that fits its context. */
  probabilities(text: string, cancellation?: CancellationToken): Promise<VitrineTokenPrediction[]>;

  /**
   * Where every head looks from one token of a text that fits the context.
   *
   * @param query which token, from 0
   */
  attention(text: string, query: number, cancellation?: CancellationToken): Promise<VitrineAttention>;

  /**
   * What made the model find one token of a text that fits its context more probable than another: what each part of the
   * model, and each token before it, wrote for the one and against the other.
   */
  why(text: string, question?: VitrineWhyQuestion, cancellation?: CancellationToken): Promise<VitrineWhy>;

  /** Fires when the cursor comes to another token of a text whose tokens are known, or another head is chosen. */
  readonly onDidChangeSelection: Event<VitrineSelection>;
}

export interface VitrineToken {
  id: number;
  /** Its bytes decoded; U+FFFD for what is no character. */
  text: string;
  /** Where it stands in the text, in UTF-16 units. A token that ends inside a character covers it whole. */
  start: number;
  end: number;
}

export interface VitrineTokenPrediction extends VitrineToken {
  /** Natural logarithm of its probability; undefined for the first token, which nothing predicts. */
  logprob: number | undefined;
  /** How many tokens were more probable; undefined for the first, and where a server does not tell. */
  rank: number | undefined;
  /** Where a server tells ranks only up to a number, and this one is not among them: it is no less than this. */
  rankAtLeast?: number;
  /** Of the distribution after the token, in bits; NaN where a server names no alternatives. */
  entropy: number;
  /** Whether the entropy is only known to be no less than what is given. */
  isEntropyBound?: boolean;
  /** The most probable tokens after it; none where a server names none. */
  top: { id: number; text: string; logprob: number }[];
}

export interface VitrineAttention {
  layers: number;
  heads: number;
  /** [layer, head, key]: the weight on each of the tokens 0 to the query. */
  weights: Float32Array;
}

/** Tokens by their ids, or as texts, of which the first token is meant: `' Mary'`. */
export interface VitrineWhyQuestion {
  /** How many tokens stand before the one that is asked about; by default all: what would come next. */
  position?: number | undefined;
  /** By default the one that stands there, and at the end of the text the most probable one. */
  token?: number | string | undefined;
  /** What it is held against: by default the most probable other token. */
  against?: number | string | undefined;
}

/** As `why` in docs/json.md. Logits and natural logarithms; layers and heads count from 0. */
export interface VitrineWhy {
  token: { id: number; text: string; logprob: number };
  against: { id: number; text: string; logprob: number };
  position: number;
  /** Of the token's logit and the other's: the terms and the remainder add up to it. */
  logitDifference: number;
  /** From the first layer to the logit. `mixer` is what a layer without attention has, `interventions` what a run was changed by; a bias without a layer is the last one. */
  terms: {
    kind: 'embedding' | 'head' | 'mixer' | 'mlp' | 'interventions' | 'bias';
    layer?: number;
    head?: number;
    value: number;
  }[];
  /** What all heads bring from each token before it, in the order of the text: adds up to the terms of the heads. */
  sources: { token: { id: number; text: string }; value: number }[];
  remainder: number;
  /** What a soft cap has of the remainder; only of a model that has one. */
  softCap?: number;
}

export interface VitrineSelection {
  uri: Uri;
  /** The token at the cursor, in UTF-16 offsets of the document. */
  token: { id: number; start: number; end: number };
  /** The head that is chosen, both from 0; undefined for the mean of all. */
  head: { layer: number; head: number } | undefined;
}
