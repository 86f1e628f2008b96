import type { Conversation } from '../../shared/chat';

/** A conversation or a document as a model reads it. */
export interface ReadConversation {
  /** The rendered prompt, or the document. */
  text: string;
  ids: Uint32Array;
  /** Of each token, whether it is scored: of a conversation what the assistant says. */
  isScored: Uint8Array;
}

/** A model that reads rows, wherever it runs. */
export interface RowModel {
  /** For people. */
  label: string;
  /** All that decides its numbers but the text: its checksum, and what is changed in it. */
  key: string;
  /** What tells its vocabulary from others: numbers a token are held against each other only within one. */
  vocabulary: string;
  /** In tokens. */
  contextLength: number;
  /** How many texts it reads at once, where it runs on a server; undefined of one that this machine runs. */
  parallel?: number | undefined;
  /** Renders a conversation and cuts it into tokens; the model does not run. @throws VitrineError where its template refuses */
  read(conversation: Conversation, signal: AbortSignal): Promise<ReadConversation>;
  /** A document, of which every token is scored that something stands before. */
  readText(text: string, signal: AbortSignal): Promise<ReadConversation>;
  /** ln p of each token, NaN for the first. */
  score(ids: Uint32Array, signal: AbortSignal): Promise<ArrayLike<number>>;
}

/** The model in use, and one that it is held against. */
export interface RowModels {
  a: RowModel;
  b: RowModel | undefined;
}
