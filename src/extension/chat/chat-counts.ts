import * as vscode from 'vscode';
import { contentCounts, isOpenAiChatVocabulary, openAiCounts } from '../../chat/count-openai';
import { type CountsByRole, partsOfTokens } from '../../chat/counts-by-role';
import { MODEL_VOCABULARY } from '../../display/names';
import type { Conversation } from '../../shared/chat';
import { VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
import type { Places } from '../readings/apart';
import type { Services } from '../services';
import type { ChatText } from './chat-text';

/** How many tokens a conversation has, or what is selected of it. */
export interface ChatCount {
  answer: Conversation['answer'];
  counts: CountsByRole;
  /** Whether what the template adds is not the model's own, but what OpenAI says each message adds. */
  isPublished: boolean;
  /** Whether all of it is counted. */
  isWhole: boolean;
}

/** The conversations that have a part in what is selected, or else that at the cursor; and what is selected. */
export interface SelectedChats {
  texts: readonly ChatText[];
  /** Undefined where nothing is: then all of the conversation is meant. */
  spans: readonly Span[] | undefined;
}

/** @throws VitrineError `chat.noneHere`, and what the template throws where none of them can be rendered */
export async function selectedChats({ chats }: Services, editor: vscode.TextEditor): Promise<SelectedChats> {
  const { document, selection } = editor;
  const spans = spansSelected(editor);
  const at = document.offsetAt(selection.active);
  const texts = await chats.textsIn(document, spans ?? [{ start: at, end: at }]);
  if (texts.length === 0) {
    throw new VitrineError('chat.noneHere', vscode.l10n.t('There is no conversation at the cursor. Put it into one.'));
  }
  return { texts: [...texts].sort(inOrder), spans };
}

/** Of a pair, the answer that was chosen comes first. */
const inOrder = (a: ChatText, b: ChatText) =>
  a.span.start - b.span.start || (a.conversation.answer ?? '').localeCompare(b.conversation.answer ?? '');

function spansSelected({ document, selections }: vscode.TextEditor): Span[] | undefined {
  const spans = selections
    .filter(({ isEmpty }) => !isEmpty)
    .map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }));
  return spans.length > 0 ? spans : undefined;
}

/** Whether all of a conversation is meant, and not a part of it. */
const isWhole = ({ span }: ChatText, spans: SelectedChats['spans']) =>
  !spans || spans.some(({ start, end }) => start <= span.start && end >= span.end);

/**
 * How many tokens each has in a vocabulary: all of a conversation, with what its template adds, or of one that is selected in
 * part those of its tokens that stand there.
 *
 * @param name of the vocabulary, as the setting has it
 */
export async function countChats(
  { tokens, chatTokens }: Services,
  { texts, spans }: SelectedChats,
  name: string,
): Promise<ChatCount[]> {
  const tokenizer = await tokens.named(name);
  const contents = (text: string) => tokenizer.encode(text).ids.length;
  const countsOf = (text: ChatText): CountsByRole => {
    const { messages } = text.conversation;
    if (!isWhole(text, spans))
      return { roles: selectedRoles(text, chatTokens.of(text, tokenizer), spans), template: 0 };
    if (name === MODEL_VOCABULARY) return chatTokens.of(text, tokenizer).counts;
    return isOpenAiChatVocabulary(name)
      ? openAiCounts(messages, contents)
      : { roles: contentCounts(messages, contents), template: 0 };
  };
  return texts.map((text) => ({
    answer: text.conversation.answer,
    counts: countsOf(text),
    isWhole: isWhole(text, spans),
    isPublished: isWhole(text, spans) && isOpenAiChatVocabulary(name),
  }));
}

/** Of what is selected in part, by whose text they are. */
function selectedRoles(text: ChatText, tokens: Places, spans: SelectedChats['spans']): Map<string, number> {
  const roles = new Map<string, number>();
  const parts = partsOfTokens(text.rendered.parts, tokens);
  for (const token of selectedTokens(text, tokens, spans)) {
    const role = parts[token]?.role ?? '';
    roles.set(role, (roles.get(role) ?? 0) + 1);
  }
  return roles;
}

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
