import type * as vscode from 'vscode';
import { type CountsByRole, countsByRole } from '../../chat/counts-by-role';
import { firstAtLeast } from '../../shared/sorted';
import type { Span, Tokenization } from '../../shared/tokens';
import type { Tokenizer } from '../../tokenizer';
import type { TokenSource } from '../documents/token-source';
import { settings } from '../settings';
import type { ChatDocuments } from './chat-documents';
import type { ChatText } from './chat-text';

/** Tokens that stand in a document, in their order. */
export interface StandingTokens {
  ids: Uint32Array;
  starts: Uint32Array;
  ends: Uint32Array;
  /** How many stand before them in their text. */
  first: number;
}

/** A prompt as a vocabulary reads it. */
interface Tokenized extends Tokenization {
  counts: CountsByRole;
  /** Those that stand in the document, by the runs of their places. */
  runs: StandingTokens[];
}

/** The tokens of documents that are read as chats, in a vocabulary: no model needs to run. */
export class ChatTokens {
  readonly #chats: ChatDocuments;
  readonly #tokens: TokenSource;
  readonly #known = new WeakMap<Tokenizer, WeakMap<ChatText, Tokenized>>();

  constructor(chats: ChatDocuments, tokens: TokenSource) {
    this.#chats = chats;
    this.#tokens = tokens;
  }

  dispose(): void {}

  isChat(document: vscode.TextDocument): boolean {
    return this.#chats.isApart(document);
  }

  /** Those of the vocabulary in use that stand in a span, run by run; of prompts that are known already. */
  knownIn(document: vscode.TextDocument, span: Span): StandingTokens[] {
    const name = settings.tokenizer();
    const tokenizer = this.#tokens.loaded(name);
    if (!tokenizer) {
      // A failure is told by whoever asked for the bands.
      void this.#tokens.named(name).then(
        () => this.#chats.redraw(),
        () => {},
      );
      return [];
    }
    return this.#chats
      .knownIn(document, [span])
      .flatMap((text) => this.of(text, tokenizer).runs)
      .map((run) => within(run, span));
  }

  /** A prompt as a vocabulary reads it. */
  of(text: ChatText, tokenizer: Tokenizer): Tokenized {
    let known = this.#known.get(tokenizer);
    if (!known) {
      known = new WeakMap();
      this.#known.set(tokenizer, known);
    }
    const tokenized = known.get(text) ?? tokenize(text, tokenizer);
    known.set(text, tokenized);
    return tokenized;
  }
}

function tokenize(text: ChatText, tokenizer: Tokenizer): Tokenized {
  const tokens = tokenizer.encode(text.text, { special: true });
  const runs = text.placesOf(tokens).map(({ starts, ends }) => {
    const stands = [...starts.keys()].filter((token) => (ends[token] ?? 0) > (starts[token] ?? 0));
    const taken = (values: Uint32Array) => Uint32Array.from(stands, (token) => values[token] as number);
    return { ids: taken(tokens.ids), starts: taken(starts), ends: taken(ends), first: 0 };
  });
  return { ...tokens, counts: countsByRole(text.rendered.parts, tokens), runs };
}

function within({ ids, starts, ends }: StandingTokens, span: Span): StandingTokens {
  const first = firstAtLeast(ends, span.start + 1);
  const last = firstAtLeast(starts, span.end);
  return {
    ids: ids.subarray(first, last),
    starts: starts.subarray(first, last),
    ends: ends.subarray(first, last),
    first,
  };
}
