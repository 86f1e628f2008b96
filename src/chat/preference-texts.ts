import type { Conversation, PreferenceTexts } from '../shared/chat';

/** A pair of answers to one message of a user as texts; undefined where there is none, or more stands before the answers. */
export function preferenceTexts(conversations: readonly Conversation[]): PreferenceTexts | undefined {
  const [chosen, rejected] = (['chosen', 'rejected'] as const).map((answer) =>
    conversations.find((conversation) => conversation.answer === answer),
  );
  const [question, good, ...more] = chosen?.messages ?? [];
  const [sameQuestion, poor, ...others] = rejected?.messages ?? [];
  if (!question || !good || !poor || more.length > 0 || others.length > 0) return undefined;
  const isOfUser = question.role === 'user' && question.content === sameQuestion?.content;
  const areAnswers = good.role === 'assistant' && poor.role === 'assistant';
  if (!isOfUser || !areAnswers) return undefined;
  return { prompt: question.content, chosen: good.content, rejected: poor.content };
}
