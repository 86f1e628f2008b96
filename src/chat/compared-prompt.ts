import type { ChatMessage, ChatTemplate } from '../shared/chat';
import type { ComparedPrompt } from '../shared/difference-api';
import { sentence, VitrineError } from '../shared/errors';
import { renderChat } from './render';

/**
 * Messages as a model's own template writes them; what is compared is the last.
 *
 * @param template of the model; undefined where it has none
 * @throws VitrineError `comparison.noTemplate`, `comparison.template`
 */
export async function chatPrompt(
  template: ChatTemplate | undefined,
  messages: readonly [role: string, content: string][],
): Promise<ComparedPrompt> {
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
