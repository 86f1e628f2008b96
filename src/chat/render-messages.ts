import type { ChatMessage } from '../shared/chat';
import { TemplateError } from './jinja/template-error';
import { Text } from './jinja/text';
import { Dict, fromJson, type Key, type List, list, text, type Value } from './jinja/values';

/** Names under which a message keeps what was thought before it, as transformers knows them; the first is the usual one. */
const REASONING = ['reasoning_content', 'thinking', 'reasoning'];

type Message = Pick<ChatMessage, 'role' | 'content' | 'fields'>;

/**
 * Messages as transformers gives them to a template: without what is null, with reasoning under the names that templates
 * know it by. Each text knows of which message it is, and content where it stands there.
 *
 * @returns the first `count` of them
 */
export function messagesOf(messages: readonly Message[], takesParts: boolean): (count: number) => List {
  const values = messages.map((message, i) => messageOf(message, i, takesParts));
  return (count) => list(values.slice(0, count));
}

function messageOf({ role, content, fields }: Message, message: number, takesParts: boolean): Dict {
  const textOf = (value: string) => marked(value, message, -1);
  const entries = new Map<Key, Value>();
  for (const [name, value] of Object.entries(withReasoning(fields))) {
    if (value !== null && value !== undefined && name !== 'role' && name !== 'content')
      entries.set(name, fromJson(value, textOf));
  }
  const given = fields.content;
  if (Array.isArray(given)) {
    const parts = takesParts ? partsOf(given, content, message) : onlyTexts(given, content, message);
    entries.set('content', parts);
  } else if (given !== null && (given !== undefined || content !== '')) {
    entries.set('content', marked(content, message, 0));
  }
  return new Dict(new Map<Key, Value>([['role', text(role)], ...entries]), message);
}

const marked = (value: string, message: number, from: number) =>
  new Text(value, value === '' ? [] : [{ start: 0, end: value.length, message, from }]);

function withReasoning(fields: Message['fields']): Message['fields'] {
  const reasoning = REASONING.map((name) => fields[name]).find((value) => value !== null && value !== undefined);
  return reasoning === undefined ? fields : { thinking: reasoning, ...fields, reasoning_content: reasoning };
}

/** The parts of a content, its texts as they stand in the whole of it. */
function partsOf(parts: readonly unknown[], content: string, message: number): Value {
  let at = 0;
  return fromJson(parts, (value) => {
    const from = value === '' ? -1 : content.indexOf(value, at);
    if (from >= 0) at = from + value.length;
    return marked(value, message, from);
  });
}

/** For a template that takes a text: the texts of all parts. */
function onlyTexts(parts: readonly unknown[], content: string, message: number): Value {
  const other = parts.map(typeOf).find((type) => type !== 'text');
  if (other !== undefined) {
    throw new TemplateError(`takes texts only, and message ${message + 1} has a part of another type: ${other}`);
  }
  return marked(content, message, 0);
}

function typeOf(part: unknown): string {
  if (typeof part === 'string') return 'text';
  const type = typeof part === 'object' && part !== null && 'type' in part ? part.type : undefined;
  return typeof type === 'string' ? type : 'unknown';
}
