import { Template } from '@huggingface/jinja';
import type { ChatMessage, ChatTemplate, Conversation, RenderedChat, RenderedPart } from '../shared/chat';
import { messageOf, sentence, VitrineError } from '../shared/errors';

export interface RenderOptions {
  /** Whether the text ends with what the template writes before an answer. By default it does not. */
  addGenerationPrompt?: boolean | undefined;
  /** The time that a template may write, for example as today's date. By default now. */
  now?: Date | undefined;
  /** Ends the work; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/**
 * The prompt that a model reads, as transformers' `apply_chat_template` writes it.
 *
 * @throws VitrineError `chat.template` where the template refuses or cannot be run, in one sentence.
 */
export async function renderChat(
  template: ChatTemplate,
  conversation: Conversation,
  { addGenerationPrompt = false }: RenderOptions = {},
): Promise<RenderedChat> {
  const { messages, variables } = conversation;
  try {
    const text = new Template(template.source).render({
      ...template.tokens,
      tools: null,
      documents: null,
      ...variables,
      messages: messages.map(({ fields }) => fields),
      add_generation_prompt: addGenerationPrompt,
    });
    return { text, parts: partsOf(text, messages), scoredBy: 'contents' };
  } catch (error) {
    throw new VitrineError('chat.template', sentence`The chat template cannot be rendered: ${messageOf(error)}.`);
  }
}

function partsOf(text: string, messages: readonly ChatMessage[]): RenderedPart[] {
  const parts: RenderedPart[] = [];
  let at = 0;
  for (const [message, { role, content, source }] of messages.entries()) {
    const trimmed = content.trim();
    const start = trimmed === '' ? -1 : text.indexOf(trimmed, at);
    if (start < 0) continue;
    const end = start + trimmed.length;
    const from = content.indexOf(trimmed);
    const slice = source && {
      starts: source.starts.subarray(from, from + trimmed.length),
      ends: source.ends.subarray(from, from + trimmed.length),
    };
    if (start > at) parts.push({ start: at, end: start, role, message, kind: 'template', isScored: false });
    parts.push({ start, end, role, message, kind: 'content', isScored: role === 'assistant', source: slice });
    at = end;
  }
  if (at < text.length)
    parts.push({ start: at, end: text.length, role: undefined, message: undefined, kind: 'template', isScored: false });
  return parts;
}
