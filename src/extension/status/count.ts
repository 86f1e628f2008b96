import type * as vscode from 'vscode';
import { MODEL_VOCABULARY } from '../../display/names';
import type { Span } from '../../shared/tokens';
import { inSlices } from '../../tokenizer';
import { countedChatTokens } from '../chat/chat-count-text';
import { type ChatCount, countChats } from '../chat/chat-counts';
import { selectedChats } from '../chat/selected-chats';
import type { Decorations } from '../decorations/decorations';
import { countSelected } from '../documents/selected-tokens';
import { hasSelection, rangeOf, selectedSpans } from '../documents/spans';
import { countTokensOf, isReadIn } from '../readings/count';
import type { Reading, ReadingMode } from '../readings/reading';
import { type SpanSums, sumsIn } from '../readings/sums';
import type { Services } from '../services';
import { settings } from '../settings';
import { trackedTokens } from '../shown-tokens';

/** How many tokens the selection or the document has, and what the model thought of those that it has read. */
export interface Count {
  tokens: number | undefined;
  /** Whether they are the model's own tokens. */
  ofModel: boolean;
  sums: NamedSums | undefined;
  /** Where the text is read as a chat, of each conversation that is counted. */
  chats?: readonly ChatCount[] | undefined;
}

/** Sums, and of what part of the text. */
export interface NamedSums {
  of: { kind: 'selection' } | { kind: 'document' } | { kind: 'lines'; first: number; last: number };
  sums: SpanSums;
}

export async function countIn(services: Services, decorations: Decorations, editor: vscode.TextEditor): Promise<Count> {
  const { document } = editor;
  const { mode } = services.readings;
  const spans = selectedSpans(editor);
  const textIn = (span: Span) => document.getText(rangeOf(document, span));
  const known = decorations.readingOf(document);
  const reading = known?.stale === false && known.reading.complete ? known.reading : undefined;
  const sums = reading && sumsOf(editor, spans, reading, mode, textIn);
  if (services.chats.isApart(document)) {
    const name = known?.stale === false ? MODEL_VOCABULARY : settings.tokenizer();
    return { ...(await countConversations(services, editor, name)), sums };
  }
  if (known?.stale === false && isReadIn(known.reading, spans, mode)) {
    return { tokens: countTokensOf(known.reading, spans), ofModel: true, sums };
  }
  const tracked = await trackedTokens(services, document);
  const tokens = tracked && (await inSlices(countSelected(tracked, spans, mode, textIn)));
  return { tokens, ofModel: settings.tokenizer() === MODEL_VOCABULARY, sums };
}

/** UTF-16 units of conversations that are counted without being asked for. */
const MOST_UNITS = 200_000;

/** Of those that are selected, or that at the cursor. Who asks for more is told by Count Tokens. */
async function countConversations(
  services: Services,
  editor: vscode.TextEditor,
  name: string,
): Promise<Omit<Count, 'sums'>> {
  const ofModel = name === MODEL_VOCABULARY;
  const { document, selections } = editor;
  const units = selections.reduce((sum, { start, end }) => sum + document.offsetAt(end) - document.offsetAt(start), 0);
  if (units > MOST_UNITS) return { tokens: undefined, ofModel };
  try {
    const chats = await countChats(services, await selectedChats(services, editor), name);
    return { tokens: countedChatTokens(chats), ofModel, chats };
  } catch {
    // There is none at the cursor, or a lens above it says what is wrong.
    return { tokens: undefined, ofModel };
  }
}

/** Of what is selected where the model has read that, else of what is coloured. */
function sumsOf(
  { document, selections }: vscode.TextEditor,
  spans: readonly Span[],
  reading: Reading,
  mode: ReadingMode,
  textIn: (span: Span) => string,
): NamedSums {
  const isRead = isReadIn(reading, spans, mode);
  const sums = sumsIn(reading, isRead ? spans : reading.shown, textIn);
  if (isRead) {
    return { of: { kind: hasSelection({ selections }) ? 'selection' : 'document' }, sums };
  }
  // Where the model had no room for all of it, it has read the end.
  const first = Math.max(reading.shown[0]?.start ?? 0, reading.parts[0]?.starts[0] ?? 0);
  const last = Math.min(reading.shown.at(-1)?.end ?? 1, reading.parts.at(-1)?.ends.at(-1) ?? 1) - 1;
  const lineAt = (offset: number) => document.positionAt(offset).line + 1;
  return { of: { kind: 'lines', first: lineAt(first), last: lineAt(last) }, sums };
}
