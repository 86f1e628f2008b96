import { findConversations } from '../../../src/chat/find-conversations';
import { renderChat } from '../../../src/chat/render';
import type { SubjectChat } from '../../../src/shared/inspector-api';
import type { Stage } from './stage';

/** Messages of a chat, in the words of OpenAI's `messages`. */
export type Messages = readonly { role: string; content: string }[];

/** A chat as the stage's model reads it. */
export async function renderedChat(stage: Stage, messages: Messages): Promise<{ text: string; chat: SubjectChat }> {
  const [conversation] = findConversations(JSON.stringify({ messages }), 'json').conversations;
  const template = await stage.engine.chatTemplate({});
  if (!conversation || !template) throw new Error('There is no chat, or the model has no template.');
  const { text, parts } = await renderChat(template, conversation);
  const tokenizer = await stage.named('model');
  const { ids } = tokenizer.encode(text, { special: true });
  return {
    text,
    chat: {
      parts: parts.map(({ source: _, ...part }) => part),
      control: [...new Set(ids)].filter((id) => tokenizer.isControl(id)),
    },
  };
}
