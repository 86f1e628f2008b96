import { safeText } from '../../display/glyphs';
import { formatQuantity } from '../../display/numbers';
import { errorText } from '../../display/sentences';
import type { Conversation } from '../../shared/chat';
import { VitrineError } from '../../shared/errors';
import { jsonPieces } from '../json-pieces';
import { endedLines, screenOf, stream } from '../output';
import type { ChatLines } from './chat-lines';
import { chatTitle } from './chat-view';

/** Where what is printed goes. */
export type Printer = (pieces: Iterable<string>) => unknown;

/** After these there is no next conversation. */
const ENDS_ALL = ['engine.died', 'task.cancelled'];

/** What is printed of a conversation: members of its JSON, or lines for people. */
export interface PrintedChat {
  json(): object;
  view(): string[];
}

/** How many lines there are, and how many conversations could be read and could not. */
export interface ChatTotals {
  lines: number;
  read: number;
  failed: number;
}

/**
 * Prints of each conversation what is made of it, or in its place a sentence that says why it could not be read.
 *
 * @param json whether it is printed as JSON, @param most so many lines are read; the others are counted
 * @param out by default the standard output
 */
export async function eachChat(
  chats: ChatLines,
  { json, most = Number.POSITIVE_INFINITY }: { json: boolean; most?: number },
  printed: (conversation: Conversation, line: number) => Promise<PrintedChat>,
  out: Printer = stream,
): Promise<ChatTotals> {
  const { palette } = screenOf(process.stdout, process.env);
  const totals: ChatTotals = { lines: 0, read: 0, failed: 0 };
  const print = async (members: object, view: () => string[]) => {
    const gap = totals.read + totals.failed === 0 ? [] : [''];
    await out(json ? jsonLine(members) : endedLines([...gap, ...view()]));
  };
  const refuse = async (line: number, conversation: Conversation | undefined, sentence: string) => {
    await print({ line, answer: conversation?.answer, error: sentence }, () => [
      palette.bold(chatTitle(line, conversation)),
      safeText(sentence),
    ]);
    totals.failed++;
  };
  for await (const { line, find } of chats.all) {
    if (++totals.lines > most) continue;
    const { conversations, troubles: notes } = find();
    if (conversations.length === 0) await refuse(line, undefined, notes[0] ?? `Line ${line} has no conversation.`);
    for (const conversation of conversations) {
      try {
        const made = await printed(conversation, line);
        await print({ line, notes: notes.length > 0 ? notes : undefined, ...made.json() }, () => [
          ...made.view(),
          ...notes.map(safeText),
        ]);
        totals.read++;
      } catch (error) {
        if (!(error instanceof VitrineError) || ENDS_ALL.includes(error.code)) throw error;
        await refuse(line, conversation, errorText(error));
      }
    }
  }
  return totals;
}

/** @throws VitrineError `chat.failed` where a conversation could not be read */
export function refuseFailed({ failed }: ChatTotals): void {
  if (failed === 0) return;
  throw new VitrineError(
    'chat.failed',
    `${formatQuantity(failed, 'conversation')} could not be read. A sentence stands where each would.`,
  );
}

function* jsonLine(members: object): Generator<string> {
  yield* jsonPieces(members);
  yield '\n';
}
