import { basename } from 'node:path';
import * as vscode from 'vscode';
import {
  type ChatTextKind,
  chatTextKind,
  conversationsOfLine,
  type FoundConversations,
  findConversations,
} from '../../chat/find-conversations';
import type { Span } from '../../shared/tokens';

/** What was found in a document at one version: in all of it, or by its lines, counted from 0. */
interface Known {
  version: number;
  whole: FoundConversations | undefined;
  lines: Map<number, FoundConversations>;
}

/** A text, or the first lines of one of many, that is longer is not looked at each time it is edited, in UTF-16 units. */
const LOOKED_AT = 1_000_000;

/** Finds the conversations of documents; of one that has one a line, only those of the lines that are asked for. */
export class Conversations {
  readonly #known = new WeakMap<vscode.TextDocument, Known>();

  /** The conversations that some spans have a part in, with what is wrong there. */
  in(document: vscode.TextDocument, kind: ChatTextKind, spans: readonly Span[]): FoundConversations {
    const known = this.#knownOf(document);
    if (kind === 'jsonl') return inLines(document, known, spans);
    known.whole ??= findConversations(document.getText(), kind);
    const isIn = (span: Span) => spans.some(({ start, end }) => span.start <= end && span.end >= start);
    return { ...known.whole, conversations: known.whole.conversations.filter(({ span }) => isIn(span)) };
  }

  /** Whether there is a conversation in a text of a kind that may hold one; in a `.jsonl`, in its first lines. */
  isChat(document: vscode.TextDocument): boolean {
    const kind = textKindOf(document);
    if (!kind || document.lineCount === 0) return false;
    const lines = kind === 'jsonl' ? Math.min(FIRST_LINES, document.lineCount) : document.lineCount;
    const span = { start: 0, end: document.offsetAt(document.lineAt(lines - 1).range.end) };
    if (span.end > LOOKED_AT) return false;
    const { conversations } = this.in(document, kind, [span]);
    // A single heading of that name may be any text's.
    const isMarked = (messages: number) => messages > 1 || kind !== 'markdown';
    return conversations.some(({ messages }) => isMarked(messages.length));
  }

  #knownOf(document: vscode.TextDocument): Known {
    const before = this.#known.get(document);
    if (before?.version === document.version) return before;
    const known: Known = { version: document.version, whole: undefined, lines: new Map() };
    this.#known.set(document, known);
    return known;
  }
}

/** Lines of a `.jsonl` that are looked at to know whether it has conversations. */
const FIRST_LINES = 3;

/** Of the cells of notebooks. */
export const CELL_SCHEME = 'vscode-notebook-cell';

/** How a document may keep conversations; undefined where it is of no such kind. */
export function textKindOf({ uri, languageId }: vscode.TextDocument): ChatTextKind | undefined {
  // A cell's address is its notebook's: its language says what it is.
  const name = uri.scheme === CELL_SCHEME ? '' : basename(uri.path);
  return chatTextKind(name, languageId);
}

function inLines(document: vscode.TextDocument, { lines }: Known, spans: readonly Span[]): FoundConversations {
  const all: FoundConversations = { conversations: [], troubles: [] };
  for (const number of linesOf(document, spans)) {
    let found = lines.get(number);
    if (!found) {
      const { text, range } = document.lineAt(number);
      found = conversationsOfLine(text, document.offsetAt(range.start), number + 1);
      lines.set(number, found);
    }
    all.conversations.push(...found.conversations);
    all.troubles.push(...found.troubles);
  }
  return all;
}

/** The lines that some spans have a part in, each once. */
function linesOf(document: vscode.TextDocument, spans: readonly Span[]): Set<number> {
  const lines = new Set<number>();
  for (const { start, end } of spans) {
    const last = document.positionAt(end).line;
    for (let line = document.positionAt(start).line; line <= last; line++) lines.add(line);
  }
  return lines;
}

/** The whole of a document. */
export function wholeOf(document: vscode.TextDocument): Span {
  return { start: 0, end: document.offsetAt(new vscode.Position(document.lineCount, 0)) };
}
