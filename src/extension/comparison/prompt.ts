import { renderChat } from '../../chat/render';
import type { ChatMessage } from '../../shared/chat';
import { sentence, VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
import type { ComparedModel } from './comparison';

/** A text as a model is given it. */
export interface Prompt {
  text: string;
  /** What of it is the text that is compared. */
  content: Span;
  /** Units of that text before the content: a template may leave out blanks at its ends. */
  skipped: number;
}

export const plainPrompt = (text: string): Prompt => ({ text, content: { start: 0, end: text.length }, skipped: 0 });

/** Messages as a model's own template writes them; what is compared is the last. @throws VitrineError `comparison.noTemplate`, `comparison.template` */
export async function chatPrompt(
  { texts }: ComparedModel,
  messages: readonly [role: string, content: string][],
): Promise<Prompt> {
  const template = await texts.engine.chatTemplate({});
  if (!template) {
    throw new VitrineError(
      'comparison.noTemplate',
      sentence`The model has no chat template. Compare with something else, or choose a model that was trained on chats.`,
    );
  }
  const rendered = await renderChat(template, {
    shape: 'selection',
    span: { start: 0, end: 0 },
    variables: {},
    messages: messages.map(messageOf),
  });
  const content = rendered.parts.findLast(({ kind, message }) => kind === 'content' && message === messages.length - 1);
  const whole = messages.at(-1)?.[1] ?? '';
  const skipped = content ? whole.indexOf(rendered.text.slice(content.start, content.end)) : -1;
  if (!content || skipped < 0) {
    throw new VitrineError(
      'comparison.template',
      sentence`The chat template does not write the text as it is. Compare with something else.`,
    );
  }
  return { text: rendered.text, content: { start: content.start, end: content.end }, skipped };
}

const messageOf = ([role, content]: [string, string]): ChatMessage => ({ role, content, fields: { role, content } });
