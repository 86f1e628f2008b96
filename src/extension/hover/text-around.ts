import type * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import type { ChatDocuments } from '../chat/chat-documents';
import { rangeOf } from '../documents/spans';

/** Characters on both sides of a span that are enough to know the number that it is a part of. */
const REACH = 40;

/** Some text, and where in it a span stands. */
export interface TextAround {
  text: string;
  span: Span;
}

/** The text around a span of a document as a model reads it: of a string in JSON, what its escapes stand for. */
export function textAround({ chats }: { chats: ChatDocuments }, document: vscode.TextDocument, span: Span): TextAround {
  const text = chats.isApart(document)
    ? chats.knownIn(document, [span]).find((known) => known.spanAt(span))
    : undefined;
  const inPrompt = text?.spanAt(span);
  if (text && inPrompt) return cut(inPrompt, (start, end) => text.text.slice(start, end));
  return cut(span, (start, end) => document.getText(rangeOf(document, { start, end })));
}

function cut({ start, end }: Span, textOf: (start: number, end: number) => string): TextAround {
  const from = Math.max(0, start - REACH);
  return { text: textOf(from, end + REACH), span: { start: start - from, end: end - from } };
}
