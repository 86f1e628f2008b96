import { scoredSum } from '../../chat/scored-sum';
import { safeText } from '../../display/glyphs';
import { formatCount } from '../../display/numbers';
import type { Engine } from '../../engine/client';
import type { Conversation } from '../../shared/chat';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { endedLines, print, screenOf, stream, warn } from '../output';
import { refuseAbsent } from '../served/capabilities';
import { tellSending } from '../served/sending';
import { type ModelOptions, TASK, withModel } from '../session';
import { wrapText } from '../terminal/width';
import { UsageError } from '../usage-error';
import { chatJson } from './chat-json';
import { openChatLines } from './chat-lines';
import { type ChatReader, type ReadChat, readChat } from './chat-reader';
import { chatFooter, chatTitle, chatView } from './chat-view';
import { eachChat, type PrintedChat, refuseFailed } from './each-chat';
import { COUNTS_LEGEND, CountTotals, countsJson, countsView, openChatCounter } from './vocabulary-counts';

/** Which conversations, and whether they are printed as JSON. */
export interface AskedChats {
  /** A path, or `-`. */
  file: string;
  /** Counted from 1; all by default. */
  line: number | undefined;
  json: boolean;
}

/** Conversations that are shown of a file of many. */
const MOST_SHOWN = 10;

/** Conversations as a model reads them, each by itself, with how probable it finds each token. */
export async function printRead(
  reader: ChatReader,
  { file, line, json }: AskedChats,
  options: ModelOptions,
): Promise<void> {
  const screen = screenOf(process.stdout, process.env);
  // Before the model is loaded, for there may be none.
  const chats = await openChatLines(file, line);
  const most = json ? Number.POSITIVE_INFINITY : MOST_SHOWN;
  const shown: string[] = [];
  const totals = await withModel(options, async (engine, model, showProgress) => {
    refuseAbsent(model, { hasLogprobs: true });
    tellSending(model, `the conversations of ${file === '-' ? 'the standard input' : file}`);
    const printed = async (conversation: Conversation, line: number): Promise<PrintedChat> => {
      showProgress({ stage: 'prompt', done: line, total: line });
      const read = await readChat(reader, conversation);
      const logprobs = await scores(engine, model, read);
      const sum = scoredSum(read.isScored, logprobs);
      return {
        json: () => chatJson(read, model, logprobs, sum),
        view: () => chatView(line, read, { tokenizer: reader.tokenizer, logprobs, sum }, screen),
      };
    };
    // What people read is shown when the line that says how far it is has gone from their terminal.
    const read = await eachChat(chats, { json, most }, printed, json ? stream : (pieces) => shown.push(...pieces));
    if (read.read > 0) shown.push('\n', ...endedLines(chatFooter(model, screen)));
    return read;
  });
  if (totals.lines > most) {
    const lines = formatCount(totals.lines);
    shown.push(
      `\nThese are the first ${most} of ${lines} lines. --line N shows another, --count counts all of them.\n`,
    );
  }
  if (!json) await stream(shown);
  refuseFailed(totals);
}

/** Natural logarithms of the tokens' probabilities: NaN for the first. @throws VitrineError `chat.long` */
function scores(engine: Engine, { name, contextLength }: ModelInfo, { tokens }: ReadChat): Promise<Float32Array> {
  if (tokens.ids.length > contextLength) {
    throw new VitrineError(
      'chat.long',
      `This conversation has ${formatCount(tokens.ids.length)} tokens, and ${name} reads at most ${formatCount(contextLength)}. --count counts it all the same.`,
    );
  }
  return engine.score({ task: TASK, ids: [...tokens.ids] });
}

/** Only how many tokens conversations have: no model runs. */
export async function printCounts(reader: ChatReader, { file, line, json }: AskedChats): Promise<void> {
  const screen = screenOf(process.stdout, process.env);
  const count = await openChatCounter(reader);
  const sums = new CountTotals();
  const totals = await eachChat(await openChatLines(file, line), { json }, async (conversation, begins) => {
    const counts = await count(conversation);
    sums.add(counts);
    const { shape, answer } = conversation;
    return {
      json: () => ({ shape, answer, counts: countsJson(counts) }),
      view: () => countsView(chatTitle(begins, conversation), counts, screen),
    };
  });
  if (!json && totals.read > 0) {
    print([...sums.view(screen), '', ...wrapText(COUNTS_LEGEND, screen.width).map(screen.palette.quiet)]);
  }
  refuseFailed(totals);
}

/** The prompt of one conversation, as it is, for another program; at a terminal what that would obey is written out. */
export async function printPrompt(reader: ChatReader, { file, line }: AskedChats): Promise<void> {
  const { rendered } = await readChat(reader, await onlyConversation(file, line));
  await stream([process.stdout.isTTY ? safeText(rendered.text) : rendered.text]);
}

/** Of a pair of answers, that with the one which was chosen. @throws UsageError where there are several */
async function onlyConversation(file: string, only: number | undefined): Promise<Conversation> {
  const { first, all } = await openChatLines(file, only);
  let lines = 0;
  for await (const _ of all) lines++;
  if (lines > 1) {
    throw new UsageError(
      `--render prints the prompt of one conversation, and ${file} has ${formatCount(lines)} lines. Say which: --line N.`,
    );
  }
  const { conversations, troubles } = first.find();
  const [conversation, ...others] = conversations.filter(({ answer }) => answer !== 'rejected');
  if (!conversation) {
    throw new VitrineError('chat.line', troubles[0] ?? `Line ${first.line} has no conversation.`);
  }
  if (others.length > 0) {
    throw new UsageError(
      `--render prints the prompt of one conversation, and line ${first.line} has ${others.length + 1}. Give each a line of its own.`,
    );
  }
  for (const trouble of troubles) warn(trouble);
  if (conversation.answer) warn('This is a pair of answers: the prompt is that with the answer which was chosen.');
  return conversation;
}
