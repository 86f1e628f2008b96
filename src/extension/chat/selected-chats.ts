import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
import { hasSelection, selectedSpans } from '../documents/spans';
import type { Places } from '../readings/apart';
import type { Services } from '../services';
import type { ChatText } from './chat-text';

/** The conversations that have a part in what is selected, or else that at the cursor; and what is selected. */
export interface SelectedChats {
  texts: readonly ChatText[];
  /** Undefined where nothing is: then all of the conversation is meant. */
  spans: readonly Span[] | undefined;
}

/** Lines in which conversations are looked for at once: nobody else is to wait for them. */
const LINES_AT_ONCE = 50;

/**
 * @param token ends it
 * @throws VitrineError `chat.noneHere`, and what the template throws where none of them can be rendered; CancellationError
 */
export async function selectedChats(
  { chats }: Pick<Services, 'chats'>,
  editor: vscode.TextEditor,
  token?: vscode.CancellationToken,
): Promise<SelectedChats> {
  const { document, selection } = editor;
  const spans = hasSelection(editor) ? selectedSpans(editor) : undefined;
  const at = document.offsetAt(selection.active);
  const isSelected = ({ span }: ChatText) =>
    !spans || spans.some(({ start, end }) => start < span.end && end > span.start);
  const texts = new Set<ChatText>();
  let failure: unknown;
  for (const part of spans?.flatMap((span) => partsByLines(document, span)) ?? [{ start: at, end: at }]) {
    if (token?.isCancellationRequested) throw new vscode.CancellationError();
    try {
      for (const text of await chats.textsIn(document, [part])) if (isSelected(text)) texts.add(text);
    } catch (error) {
      failure ??= error;
    }
  }
  if (texts.size > 0) return { texts: [...texts].sort(inOrder), spans };
  throw failure ?? noConversationHere();
}

export const noConversationHere = () =>
  new VitrineError('chat.noneHere', vscode.l10n.t('There is no conversation at the cursor. Put it into one.'));

function partsByLines(document: vscode.TextDocument, { start, end }: Span): Span[] {
  const [first, last] = [document.positionAt(start).line, document.positionAt(end).line];
  return Array.from({ length: Math.ceil((last - first + 1) / LINES_AT_ONCE) }, (_, part) => {
    const line = first + part * LINES_AT_ONCE;
    const [from, to] = [line, line + LINES_AT_ONCE].map((at) => document.offsetAt(new vscode.Position(at, 0)));
    return { start: Math.max(start, from ?? 0), end: Math.min(end, to ?? 0) };
  });
}

/** Of a pair, the answer that was chosen comes first. */
const inOrder = (a: ChatText, b: ChatText) =>
  a.span.start - b.span.start || (a.conversation.answer ?? '').localeCompare(b.conversation.answer ?? '');

/** Whether all of a conversation is meant, and not a part of it. */
export const isWhole = ({ span }: ChatText, spans: SelectedChats['spans']) =>
  !spans || spans.some(({ start, end }) => start <= span.start && end >= span.end);

/** The tokens of a prompt that are meant, by their numbers: all, or those that stand in what is selected. */
export function selectedTokens(text: ChatText, tokens: Places, spans: SelectedChats['spans']): number[] {
  if (isWhole(text, spans)) return [...tokens.starts.keys()];
  const runs = text.placesOf(tokens);
  return [...tokens.starts.keys()].filter((token) =>
    runs.some(({ starts, ends }) => {
      const [start = 0, end = 0] = [starts[token], ends[token]];
      return end > start && spans?.some((span) => span.start < end && span.end > start);
    }),
  );
}
