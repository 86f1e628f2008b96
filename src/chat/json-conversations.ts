import type { Node } from 'jsonc-parser';
import type { ChatMessage, Conversation } from '../shared/chat';
import { sentence } from '../shared/errors';
import { hasRole, isShareGpt, type JsonSource, messageFrom, messagesOf, messagesOfTextOrList } from './json-messages';
import { listOf, plainValue, propertyOf, sourcedString } from './json-node';
import { answerPair, chosenAlone } from './preference';

/** Fields under which files keep a list of messages. */
const LISTS = ['messages', 'conversations', 'conversation'];

/** What stands beside the messages and is given to the template. */
const VARIABLES = ['tools', 'documents'];

/** Conversations of a JSON value: an object, a list of messages, or a list of either. */
export function conversationsOfValue(json: JsonSource, node: Node): Conversation[] {
  const list = listOf(node);
  if (!list) return conversationsOfObject(json, node);
  if (list.length > 0 && list.every(hasRole))
    return [conversationOfList(json, node, list)].filter((found) => found !== undefined);
  return list.flatMap((element) => conversationsOfValue(json, element));
}

function conversationsOfObject(json: JsonSource, node: Node): Conversation[] {
  const [prompt, completion, chosen, rejected] = ['prompt', 'completion', 'chosen', 'rejected'].map((name) =>
    propertyOf(node, name),
  );
  if (chosen && rejected) return preferencePair(json, node, prompt, chosen, rejected);
  const list = LISTS.map((name) => listOf(propertyOf(node, name))).find((found) => found !== undefined);
  if (!list && !completion && chosen) return preferenceAlone(json, node, prompt, chosen);
  if (!list && !completion && rejected) {
    json.troubles.add(
      rejected.offset,
      (line) =>
        sentence`Line ${line} has "rejected" without "chosen". Give both answers, or name the only one "completion".`,
    );
    return [];
  }
  const found = list
    ? conversationOfList(json, node, list)
    : prompt && promptAndCompletion(json, node, prompt, completion);
  if (!list && !prompt) {
    json.troubles.add(
      node.offset,
      (line) =>
        sentence`Line ${line} is no conversation: an object with "messages", "prompt" and "completion", "chosen" and "rejected", or "conversations" is expected.`,
    );
  }
  return found ? [found] : [];
}

function conversationOfList(json: JsonSource, node: Node, list: readonly Node[]): Conversation | undefined {
  const messages = messagesOf(json, list);
  const system = propertyOf(node, 'system');
  const isLed = system?.type === 'string' && messages?.every(({ role }) => role !== 'system');
  const before = isLed ? [messageFrom('system', sourcedString(json.text, system, json.offset), {})] : [];
  return (
    messages && conversation(json, node, list.some(isShareGpt) ? 'shareGpt' : 'messages', [...before, ...messages])
  );
}

function promptAndCompletion(
  json: JsonSource,
  node: Node,
  prompt: Node,
  completion: Node | undefined,
): Conversation | undefined {
  const asked = messagesOfTextOrList(json, prompt, 'user');
  const answered = completion ? messagesOfTextOrList(json, completion, 'assistant') : [];
  return asked && answered && conversation(json, node, 'promptCompletion', [...asked, ...answered]);
}

function preferencePair(
  json: JsonSource,
  node: Node,
  prompt: Node | undefined,
  chosen: Node,
  rejected: Node,
): Conversation[] {
  const pair = answerPair(json, prompt, chosen, rejected);
  return (['chosen', 'rejected'] as const).flatMap((answer) => {
    const messages = pair[answer];
    return messages ? [{ ...conversation(json, node, 'preference', messages), answer }] : [];
  });
}

function preferenceAlone(json: JsonSource, node: Node, prompt: Node | undefined, chosen: Node): Conversation[] {
  const messages = chosenAlone(json, prompt, chosen);
  return messages ? [conversation(json, node, 'preference', messages)] : [];
}

function conversation(
  { offset }: JsonSource,
  node: Node,
  shape: Conversation['shape'],
  messages: ChatMessage[],
): Conversation {
  const start = offset + node.offset;
  return { shape, span: { start, end: start + node.length }, messages, variables: variablesOf(node) };
}

/** As TRL hands them on: tools may be JSON in a string, and `chat_template_kwargs` holds any others. */
function variablesOf(node: Node): Record<string, unknown> {
  const named = VARIABLES.flatMap((name) => {
    const value = propertyOf(node, name);
    return value && value.type !== 'null' ? [[name, parsed(plainValue(value))]] : [];
  });
  const others = propertyOf(node, 'chat_template_kwargs');
  return { ...Object.fromEntries(named), ...(others?.type === 'object' ? (plainValue(others) as object) : {}) };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
