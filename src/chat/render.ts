import type { ChatTemplate, Conversation, RenderedChat } from '../shared/chat';
import { sentence, VitrineError } from '../shared/errors';
import { partsOf } from './parts';
import type { JobFailure } from './render-job';
import { scoredMessages } from './scored';
import { RenderThread } from './worker';

export interface RenderOptions {
  /** Whether the text ends with what the template writes before an answer. By default it does not. */
  addGenerationPrompt?: boolean | undefined;
  /** The time that a template may write, for example as today's date. By default now. */
  now?: Date | undefined;
  /** Ends the waiting: the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

const thread = new RenderThread();

/**
 * The prompt that a model reads, as transformers' `apply_chat_template` writes it, and what of it is whose. In a thread that
 * is ended where the template does not end.
 *
 * @throws VitrineError `chat.role` where a message has no role, `chat.refused` with the template's own words where it
 * refuses, `chat.template` where it cannot be run, `chat.endless`
 */
export async function renderChat(
  template: ChatTemplate,
  conversation: Conversation,
  { addGenerationPrompt = false, now = new Date(), signal }: RenderOptions = {},
): Promise<RenderedChat> {
  const { messages, variables } = conversation;
  checkRoles(conversation);
  const job = {
    template: sourceOf(template, conversation),
    variables: { ...template.tokens, ...variables },
    messages: messages.map(({ role, content, fields }) => ({ role, content, fields })),
    addGenerationPrompt,
    time: now.getTime(),
    scored: scoredMessages(conversation),
  };
  const result = await thread.run(job, signal);
  if (!('text' in result)) throw failure(result, conversation);
  const { text, pieces, scored, scoredBy } = result;
  return { text, parts: partsOf(pieces, scored, messages), scoredBy };
}

/** As transformers, the template for tools where there are any; and that for documents, which it leaves to be asked for. */
function sourceOf({ source, named }: ChatTemplate, { variables }: Conversation): string {
  const has = (name: string) => variables[name] !== undefined && variables[name] !== null;
  if (has('tools') && named.tool_use !== undefined) return named.tool_use;
  return has('documents') && named.rag !== undefined ? named.rag : source;
}

function checkRoles({ messages }: Conversation): void {
  if (messages.length === 0) {
    throw new VitrineError('chat.empty', sentence`The conversation has no message. Give it at least one.`);
  }
  const at = messages.findIndex(({ role }) => role === '');
  if (at < 0) return;
  throw new VitrineError(
    'chat.role',
    sentence`Message ${at + 1} has no role, which says whose words they are. Give it one: ${'user'}, ${'assistant'} or ${'system'}.`,
  );
}

function failure(reason: JobFailure, { messages }: Conversation): VitrineError {
  if ('refusal' in reason) {
    const roles = messages.map(({ role }) => role).join(', ');
    return new VitrineError(
      'chat.refused',
      sentence`The chat template refuses this conversation, whose roles are ${roles}: ${withStop(reason.refusal)}`,
    );
  }
  return new VitrineError(
    'chat.template',
    sentence`The chat template cannot be rendered, because it ${reason.error}. Take another template, or mend this one.`,
  );
}

const withStop = (words: string) => (/[.!?…]\s*$/.test(words) ? words.trim() : `${words.trim()}.`);
