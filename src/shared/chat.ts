import type { Span } from './tokens';

/* A conversation as people keep it, and as a model reads it. Offsets are UTF-16 units. */

/** How a model writes a conversation. */
export interface ChatTemplate {
  /** Jinja, as transformers render it. */
  source: string;
  /** Others that it has by names: `tool_use`, `rag`. */
  named: Readonly<Record<string, string>>;
  /** Texts of special tokens by the names that templates have for them: `bos_token`, `eos_token`, … */
  tokens: Readonly<Record<string, string>>;
}

/** Where each UTF-16 unit of a text stands in a document: of an escape in JSON, from its backslash to its end. */
export interface TextSource {
  starts: Uint32Array;
  ends: Uint32Array;
}

export interface ChatMessage {
  role: string;
  content: string;
  /** Where the content stands in the document; undefined where it stands in none. */
  source?: TextSource | undefined;
  /** The message as its file has it, with all that a template may ask of it, in the words of OpenAI's `messages`. */
  fields: Readonly<Record<string, unknown>>;
}

/** In what shape a file keeps a conversation. */
export type ConversationShape =
  | 'messages'
  | 'promptCompletion'
  | 'preference'
  | 'shareGpt'
  | 'promptFile'
  | 'markdown'
  | 'selection';

export interface Conversation {
  shape: ConversationShape;
  /** What of the document it is: a line of a `.jsonl`, or all. */
  span: Span;
  messages: readonly ChatMessage[];
  /** As the template takes them: `tools`, `documents` and others that stand beside the messages. */
  variables: Readonly<Record<string, unknown>>;
  /** Of a preference pair, which of its two answers this conversation ends with. */
  answer?: 'chosen' | 'rejected' | undefined;
}

/** Two answers to what a user says. */
export interface PreferenceTexts {
  prompt: string;
  chosen: string;
  rejected: string;
}

/** A part of a rendered prompt. */
export interface RenderedPart extends Span {
  /** Of the message that it belongs to; undefined where the template adds it around all. */
  role: string | undefined;
  /** The message, counted from 0. */
  message: number | undefined;
  /** Whether the template has written it, or a person has. */
  kind: 'template' | 'content';
  /** Whether training counts its tokens: what the assistant is to say. */
  isScored: boolean;
  /** Of content, where its units stand in the document. */
  source?: TextSource | undefined;
}

/** The prompt that a model reads. */
export interface RenderedChat {
  text: string;
  /** All of the text, in order. */
  parts: readonly RenderedPart[];
  /**
   * How it is known what is scored: the template says so, prompts of fewer messages are its beginning, or, where they are
   * not, the answers were looked up in it.
   */
  scoredBy: 'generation' | 'prefixes' | 'contents';
}
