import type { Node } from 'jsonc-parser';
import type { ChatMessage } from '../shared/chat';
import { sentence } from '../shared/errors';
import type { Troubles } from './found';
import { listOf, plainValue, propertyOf, sourcedString, stringOf } from './json-node';
import { isKnownRole, roleOfShareGpt } from './roles';
import { joinedTexts, NO_TEXT, type SourcedText } from './text-source';

/** A JSON text that is searched, and where it stands in the document. */
export interface JsonSource {
  text: string;
  offset: number;
  troubles: Troubles;
  /** Where it ends in the middle; undefined where it is whole. */
  cutAt: number | undefined;
}

/** Kinds of parts of a content that hold a text: of transformers and of OpenAI's two APIs. */
const TEXT_PARTS = new Set(['text', 'input_text', 'output_text']);

/** Whether a value says who speaks. */
export const hasRole = (node: Node): boolean =>
  stringOf(propertyOf(node, 'role') ?? propertyOf(node, 'from')) !== undefined;

/** Whether a message is written as ShareGPT does: `from` and `value`. */
export const isShareGpt = (message: Node | undefined): boolean => propertyOf(message, 'from') !== undefined;

/**
 * The messages of a list; undefined where one has nobody who speaks, so that the conversation cannot be read. One in which
 * the text is cut off before its content is not there yet.
 */
export function messagesOf(json: JsonSource, list: readonly Node[]): ChatMessage[] | undefined {
  const isCut = ({ offset, length }: Node) => json.cutAt !== undefined && offset + length >= json.cutAt;
  const begun = list.filter((node) => !isCut(node) || (hasRole(node) && contentIn(node)));
  const messages = begun.map((node) => messageOf(json, node));
  return messages.every((message) => message !== undefined) ? messages : undefined;
}

/** A string as the message of somebody, or a list of messages as it is. */
export function messagesOfTextOrList(json: JsonSource, node: Node, role: string): ChatMessage[] | undefined {
  const list = listOf(node);
  if (list) return messagesOf(json, list);
  const content = contentOf(json, node);
  return content && [messageFrom(role, content, {})];
}

/** A message of a text that stands in the document. */
export function messageFrom(role: string, { text, source }: SourcedText, fields: Record<string, unknown>): ChatMessage {
  return { role, content: text, source, fields: { ...fields, role, content: text } };
}

function messageOf(json: JsonSource, node: Node): ChatMessage | undefined {
  const role = roleOf(json, node);
  if (role === undefined) return undefined;
  const { from: _, value: __, ...fields } = plainValue(node) as Record<string, unknown>;
  const said = contentIn(node);
  const content = said ? contentOf(json, said) : NO_TEXT;
  return content && messageFrom(role, content, fields);
}

const contentIn = (node: Node) => propertyOf(node, isShareGpt(node) ? 'value' : 'content');

function roleOf({ troubles }: JsonSource, node: Node): string | undefined {
  const from = stringOf(propertyOf(node, 'from'));
  const name = stringOf(propertyOf(node, 'role')) ?? from;
  if (name === undefined) {
    troubles.add(
      node.offset,
      (line) =>
        sentence`Line ${line}: a message has no "role". "system", "user", "assistant" or "tool" is expected, or in ShareGPT's form "from" with "human" or "gpt".`,
    );
    return undefined;
  }
  const role = from === undefined ? name : (roleOfShareGpt(name) ?? name);
  if (!isKnownRole(role)) {
    troubles.add(
      node.offset,
      (line) =>
        sentence`Line ${line}: a message has the role "${name}", which most models do not know. "system", "user", "assistant" or "tool" is expected.`,
    );
  }
  return role;
}

/** A string, a list of parts, or null where an assistant only calls tools. */
function contentOf(json: JsonSource, node: Node): SourcedText | undefined {
  if (node.type === 'string') return sourcedString(json.text, node, json.offset);
  if (node.type === 'null') return NO_TEXT;
  const parts = listOf(node);
  if (!parts) {
    json.troubles.add(
      node.offset,
      (line) => sentence`Line ${line}: the content of a message is neither a text nor a list of parts.`,
    );
    return undefined;
  }
  return joinedTexts(parts.map((part) => textOfPart(json, part)));
}

function textOfPart(json: JsonSource, part: Node): SourcedText {
  const type = stringOf(propertyOf(part, 'type')) ?? 'text';
  const text = propertyOf(part, 'text') ?? part;
  if (TEXT_PARTS.has(type) && text.type === 'string') return sourcedString(json.text, text, json.offset);
  json.troubles.add(
    part.offset,
    (line) => sentence`Line ${line}: a part of a message is of the kind "${type}". Only its texts are read.`,
  );
  return NO_TEXT;
}
