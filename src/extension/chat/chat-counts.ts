import { contentCounts, isOpenAiChatVocabulary, openAiCounts } from '../../chat/count-openai';
import type { CountsByRole } from '../../chat/counts-by-role';
import { MODEL_VOCABULARY } from '../../display/names';
import type { Conversation } from '../../shared/chat';
import { partsOfTokens } from '../../shared/rendered-tokens';
import { inSlices } from '../../tokenizer';
import type { Places } from '../readings/apart';
import type { Services } from '../services';
import type { ChatText } from './chat-text';
import { isWhole, type SelectedChats, selectedTokens } from './selected-chats';

/** How many tokens a conversation has, or what is selected of it. */
export interface ChatCount {
  answer: Conversation['answer'];
  counts: CountsByRole;
  /** Whether what the template adds is not the model's own, but what OpenAI says each message adds. */
  isPublished: boolean;
  /** Whether all of it is counted. */
  isWhole: boolean;
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
  const countsOf = (text: ChatText): CountsByRole => {
    const { messages } = text.conversation;
    if (!isWhole(text, spans))
      return { roles: selectedRoles(text, chatTokens.of(text, tokenizer), spans), template: 0 };
    if (name === MODEL_VOCABULARY) return chatTokens.of(text, tokenizer).counts;
    return isOpenAiChatVocabulary(name)
      ? openAiCounts(messages, contents)
      : { roles: contentCounts(messages, contents), template: 0 };
  };
  return inSlices(
    (function* () {
      const all: ChatCount[] = [];
      for (const text of texts) {
        const { answer } = text.conversation;
        const whole = isWhole(text, spans);
        all.push({
          answer,
          counts: countsOf(text),
          isWhole: whole,
          isPublished: whole && isOpenAiChatVocabulary(name),
        });
        yield;
      }
      return all;
    })(),
  );
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
