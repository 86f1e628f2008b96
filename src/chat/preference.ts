import type { Node } from 'jsonc-parser';
import type { ChatMessage } from '../shared/chat';
import { type JsonSource, messageFrom, messagesOfTextOrList } from './json-messages';
import { listOf, sourcedString, stringOf } from './json-node';
import { slicedText, trimmedText } from './text-source';

/** How Anthropic's pairs of answers mark who speaks in one string. */
const TURN = /(?:^|\n\n)(Human|Assistant):/g;

/** The messages of both answers to a prompt; undefined for one that cannot be read. */
export interface AnswerPair {
  chosen: ChatMessage[] | undefined;
  rejected: ChatMessage[] | undefined;
}

/** A pair of answers, each with the prompt before it: a field of its own, or the beginning that both share. */
export function answerPair(json: JsonSource, prompt: Node | undefined, chosen: Node, rejected: Node): AnswerPair {
  if (prompt) {
    const before = messagesOfTextOrList(json, prompt, 'user');
    const after = (answer: Node) => answerAfter(json, before, answer);
    return { chosen: after(chosen), rejected: after(rejected) };
  }
  if (listOf(chosen) || listOf(rejected)) {
    const read = (answer: Node) => messagesOfTextOrList(json, answer, 'assistant');
    return { chosen: read(chosen), rejected: read(rejected) };
  }
  const shared = sharedBeginning(stringOf(chosen) ?? '', stringOf(rejected) ?? '');
  return { chosen: messagesIn(json, chosen, shared), rejected: messagesIn(json, rejected, shared) };
}

/** The chosen answer where there is no other, with the prompt before it. */
export function chosenAlone(json: JsonSource, prompt: Node | undefined, chosen: Node): ChatMessage[] | undefined {
  if (prompt) return answerAfter(json, messagesOfTextOrList(json, prompt, 'user'), chosen);
  return stringOf(chosen) === undefined ? messagesOfTextOrList(json, chosen, 'assistant') : messagesIn(json, chosen, 0);
}

/** Some files have the prompt in a field and in the answers too. */
function answerAfter(
  json: JsonSource,
  prompt: readonly ChatMessage[] | undefined,
  answer: Node,
): ChatMessage[] | undefined {
  const messages = messagesOfTextOrList(json, answer, 'assistant');
  if (!prompt || !messages) return undefined;
  const last = prompt.at(-1);
  const repeats = messages.some(({ role, content }) => role === last?.role && content === last.content);
  return repeats ? messages : [...prompt, ...messages];
}

/** One string with turns of `Human:` and `Assistant:`, or a prompt and an answer that begins where the two differ. */
function messagesIn(json: JsonSource, answer: Node, shared: number): ChatMessage[] {
  const text = sourcedString(json.text, answer, json.offset);
  const turns = [...text.text.matchAll(TURN)];
  if (turns.length === 0) {
    const parts = [
      messageFrom('user', slicedText(text, 0, shared), {}),
      messageFrom('assistant', slicedText(text, shared), {}),
    ];
    return parts.filter(({ content }) => content !== '');
  }
  return turns.map(({ index, 0: mark, 1: name }, turn) => {
    const content = trimmedText(slicedText(text, index + mark.length, turns[turn + 1]?.index));
    return messageFrom(name === 'Human' ? 'user' : 'assistant', content, {});
  });
}

/** How many units two texts share at their beginning, up to the end of a word, as TRL finds a prompt that is not named. */
function sharedBeginning(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return a[shared - 1] === ' ' ? shared - 1 : shared;
}
