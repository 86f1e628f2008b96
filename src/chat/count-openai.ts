import type { ChatMessage } from '../shared/chat';
import type { CountsByRole } from './counts-by-role';

/* As OpenAI's cookbook counts them for gpt-3.5-turbo, gpt-4 and gpt-4o; the template that these models read is not public. */
const PER_MESSAGE = 3;
const PER_NAME = 1;
const BEFORE_ANSWER = 3;

/** Vocabularies of the models for which OpenAI says how it counts; those of its older ones read no chats. */
export const OPENAI_CHAT_VOCABULARIES = ['cl100k_base', 'o200k_base'] as const;

export type OpenAiChatVocabulary = (typeof OPENAI_CHAT_VOCABULARIES)[number];

export const isOpenAiChatVocabulary = (name: string): name is OpenAiChatVocabulary =>
  (OPENAI_CHAT_VOCABULARIES as readonly string[]).includes(name);

/** Where OpenAI says how it counts. */
export const OPENAI_COUNT_SOURCE =
  'https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb';

/**
 * Tokens of a conversation as OpenAI's `num_tokens_from_messages` counts them: of the contents by role, and as the
 * template's three a message, its role, its name and one more where it has one, and three before the answer.
 *
 * @param count tokens of a text under one of OpenAI's vocabularies
 */
export function openAiCounts(messages: readonly ChatMessage[], count: (text: string) => number): CountsByRole {
  let template = BEFORE_ANSWER;
  for (const { role, fields } of messages) {
    template += PER_MESSAGE + count(role);
    if (typeof fields.name === 'string') template += PER_NAME + count(fields.name);
  }
  return { roles: contentCounts(messages, count), template };
}

/** Tokens of what each role says, each message by itself. @param count tokens of a text */
export function contentCounts(messages: readonly ChatMessage[], count: (text: string) => number): Map<string, number> {
  const roles = new Map<string, number>();
  for (const { role, content } of messages) roles.set(role, (roles.get(role) ?? 0) + count(content));
  return roles;
}
