import * as vscode from 'vscode';
import { contentCounts, isOpenAiChatVocabulary, openAiCounts } from '../../chat/count-openai';
import { type CountsByRole, partsOfTokens } from '../../chat/counts-by-role';
import { MODEL_VOCABULARY } from '../../display/names';
import type { Conversation } from '../../shared/chat';
import { VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
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
  return texts.map((text): ChatCount => {
    const { conversation, span } = text;
    const { answer, messages } = conversation;
    const isWhole = !spans || spans.some(({ start, end }) => start <= span.start && end >= span.end);
    const isPublished = isWhole && isOpenAiChatVocabulary(name);
    const counted = (counts: CountsByRole) => ({ answer, isWhole, isPublished, counts });
    if (!isWhole) return counted({ roles: selectedRoles(text, chatTokens.of(text, tokenizer), spans), template: 0 });
    if (name === MODEL_VOCABULARY) return counted(chatTokens.of(text, tokenizer).counts);
    return counted(
      isPublished ? openAiCounts(messages, contents) : { roles: contentCounts(messages, contents), template: 0 },
    );
  });
}

/** The tokens that stand in some spans of the document, by whose text they are. */
function selectedRoles(
  text: ChatText,
  tokens: { starts: Uint32Array; ends: Uint32Array },
  spans: readonly Span[],
): Map<string, number> {
  const roles = new Map<string, number>();
  const parts = partsOfTokens(text.rendered.parts, tokens);
  for (const { starts, ends } of text.placesOf(tokens)) {
    for (const [token, start] of starts.entries()) {
      const end = ends[token] as number;
      if (end === start || !spans.some((span) => span.start < end && span.end > start)) continue;
      const role = parts[token]?.role ?? '';
      roles.set(role, (roles.get(role) ?? 0) + 1);
    }
  }
  return roles;
}
