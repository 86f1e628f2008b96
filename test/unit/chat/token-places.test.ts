import { beforeAll, describe, expect, test } from 'vitest';
import { defaultModelPath } from '../../../models/catalogue';
import { countsByRole } from '../../../src/chat/counts-by-role';
import { conversationsOfLine } from '../../../src/chat/find-conversations';
import { renderChat } from '../../../src/chat/render';
import { placeOf, sourcedParts, tokenPlaces, unitAt } from '../../../src/chat/token-places';
import { readModelChatTemplate } from '../../../src/model/checkpoint/model-chat-template';
import { readModelVocabulary } from '../../../src/model/checkpoint/model-vocabulary';
import type { ChatTemplate, Conversation } from '../../../src/shared/chat';
import { createTokenizer, type Tokenizer } from '../../../src/tokenizer';

const MESSAGES = [
  { role: 'system', content: 'Be kind.' },
  { role: 'user', content: 'A\tline,\nand "naïve" 東京 😀' },
  { role: 'assistant', content: 'Yes: \\o/' },
  { role: 'user', content: 'Be kind.' },
];
/** Escapes of every kind: short ones, `\u` for a unit, and for both of a character that has two. */
const JSONL = JSON.stringify({ messages: MESSAGES }).replace('ï', '\\u00ef').replace('😀', '\\ud83d\\ude00');

let tokenizer: Tokenizer;
let template: ChatTemplate;
let conversation: Conversation;
beforeAll(async () => {
  tokenizer = createTokenizer((await readModelVocabulary(defaultModelPath())).vocabulary);
  template = (await readModelChatTemplate(defaultModelPath())) as ChatTemplate;
  [conversation] = conversationsOfLine(JSONL, 0, 1).conversations as [Conversation];
});

async function read(source = template.source) {
  const { text, parts } = await renderChat({ ...template, source }, conversation);
  const { starts, ends } = tokenizer.encode(text, { special: true });
  return { text, parts, tokens: { starts, ends } };
}

const unescaped = (start: number, end: number): string => JSON.parse(`"${JSONL.slice(start, end)}"`);

describe('the tokens of a prompt', () => {
  test.each([
    ['in the order of the document', (source: string) => source, 1],
    ['in another', (source: string) => source.replace('in messages', 'in messages | reverse'), 4],
  ])('stand in the document where their text does, %s', async (_, changed, count) => {
    const { text, parts, tokens } = await read(changed(template.source));
    const runs = tokenPlaces(parts, tokens);
    expect(runs).toHaveLength(count);
    const said = new Map<number, string>();
    for (const { starts, ends } of runs) {
      expect([...starts]).toEqual([...starts].sort((a, b) => a - b));
      for (const [token, start] of starts.entries()) {
        const end = ends[token] as number;
        if (end > start) said.set(token, (said.get(token) ?? '') + unescaped(start, end));
      }
    }
    for (const [token, start] of tokens.starts.entries()) {
      const own = text.slice(start, tokens.ends[token]);
      const isContent = parts.some(
        ({ kind, ...part }) => kind === 'content' && start >= part.start && start < part.end,
      );
      expect(said.get(token), own).toBe(isContent ? own : undefined);
    }
  });

  test('are found again from where they stand', async () => {
    const { parts, tokens } = await read();
    const sourced = sourcedParts(parts);
    for (const [token, start] of tokens.starts.entries()) {
      const place = placeOf(sourced, { start, end: tokens.ends[token] as number });
      if (place) expect(unitAt(sourced, place.start)).toBe(start);
    }
    expect(unitAt(sourced, 0)).toBeUndefined();
  });

  test('are counted by role, and those that the template adds', async () => {
    const { parts, tokens } = await read();
    const { roles, template: added } = countsByRole(parts, tokens);
    const tokensOf = (role: string) =>
      MESSAGES.filter((message) => message.role === role).reduce(
        (sum, { content }) => sum + tokenizer.encode(content).ids.length,
        0,
      );
    expect([...roles]).toEqual(['system', 'user', 'assistant'].map((role) => [role, tokensOf(role)]));
    // <|im_start|>, the role, a line break; <|im_end|>, a line break.
    const ofRoles = MESSAGES.reduce((sum, { role }) => sum + tokenizer.encode(role).ids.length, 0);
    expect(added).toBe(ofRoles + 4 * MESSAGES.length);
  });
});
