import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChatTextKind,
  chatTextKind,
  conversationOfSelection,
  conversationsOfLine,
  findConversations,
} from '../../../src/chat/find-conversations';
import type { ChatMessage } from '../../../src/shared/chat';
import { fill } from '../../../src/shared/errors';

const said = (messages: readonly ChatMessage[]) => messages.map(({ role, content }) => [role, content]);

/** Shape and messages of each conversation. */
function found(text: string, kind: ChatTextKind) {
  return findConversations(text, kind).conversations.map(({ shape, answer, messages }) => ({
    shape,
    ...(answer && { answer }),
    said: said(messages),
  }));
}

const sentencesOf = (text: string, kind: ChatTextKind = 'jsonl') =>
  findConversations(text, kind).troubles.map(({ sentence }) => fill(sentence.template, ...sentence.values.map(String)));

const user = { role: 'user', content: 'Hi' };
const assistant = { role: 'assistant', content: 'Hello' };
const both = [
  ['user', 'Hi'],
  ['assistant', 'Hello'],
];
const pair = (chosen: string[][], rejected: string[][]) => [
  { shape: 'preference', answer: 'chosen', said: chosen },
  { shape: 'preference', answer: 'rejected', said: rejected },
];

describe('a JSON object', () => {
  it.each([
    ['messages', { messages: [user, assistant] }, [{ shape: 'messages', said: both }]],
    ['a list of messages alone', [user, assistant], [{ shape: 'messages', said: both }]],
    ['prompt and completion', { prompt: 'Hi', completion: 'Hello' }, [{ shape: 'promptCompletion', said: both }]],
    ['the same as lists', { prompt: [user], completion: [assistant] }, [{ shape: 'promptCompletion', said: both }]],
    ['a prompt alone', { prompt: [user] }, [{ shape: 'promptCompletion', said: [['user', 'Hi']] }]],
    [
      'a pair with its prompt',
      { prompt: 'Hi', chosen: 'Hello', rejected: 'Go' },
      pair(both, [
        ['user', 'Hi'],
        ['assistant', 'Go'],
      ]),
    ],
    [
      'a pair of lists with its prompt',
      { prompt: [user], chosen: [assistant], rejected: [{ ...assistant, content: 'Go' }] },
      pair(both, [
        ['user', 'Hi'],
        ['assistant', 'Go'],
      ]),
    ],
    [
      'a pair whose lists repeat the prompt',
      { prompt: 'Hi', chosen: [user, assistant], rejected: [user, { ...assistant, content: 'Go' }] },
      pair(both, [
        ['user', 'Hi'],
        ['assistant', 'Go'],
      ]),
    ],
    ['a chosen answer alone', { prompt: 'Hi', chosen: 'Hello' }, [{ shape: 'preference', said: both }]],
    [
      'a chosen answer alone, with turns in it',
      { chosen: '\n\nHuman: Hi\n\nAssistant: Hello' },
      [{ shape: 'preference', said: both }],
    ],
    ['a pair of lists without a prompt', { chosen: [user, assistant], rejected: [user] }, pair(both, [['user', 'Hi']])],
    [
      'a pair of strings that share their beginning',
      { chosen: 'Hi Hello', rejected: 'Hi Go' },
      pair(
        [
          ['user', 'Hi'],
          ['assistant', ' Hello'],
        ],
        [
          ['user', 'Hi'],
          ['assistant', ' Go'],
        ],
      ),
    ],
    [
      "Anthropic's pairs",
      { chosen: '\n\nHuman: Hi\n\nAssistant: Hello', rejected: '\n\nHuman: Hi\n\nAssistant: Go' },
      pair(both, [
        ['user', 'Hi'],
        ['assistant', 'Go'],
      ]),
    ],
    [
      'ShareGPT',
      {
        system: 'Be kind.',
        conversations: [
          { from: 'human', value: 'Hi' },
          { from: 'gpt', value: 'Hello' },
        ],
      },
      [{ shape: 'shareGpt', said: [['system', 'Be kind.'], ...both] }],
    ],
    [
      'a content in parts',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'H' },
              { type: 'text', text: 'i' },
            ],
          },
          assistant,
        ],
      },
      [{ shape: 'messages', said: both }],
    ],
    [
      'an assistant that only calls a tool',
      { messages: [user, { role: 'assistant', content: null, tool_calls: [] }] },
      [
        {
          shape: 'messages',
          said: [
            ['user', 'Hi'],
            ['assistant', ''],
          ],
        },
      ],
    ],
  ])('%s', (_, value, expected) => {
    expect(found(JSON.stringify(value), 'jsonl')).toEqual(expected);
    expect(found(JSON.stringify(value, null, 2), 'json')).toEqual(expected);
    expect(found(JSON.stringify([{ messages: [user] }, value], null, 2), 'json').slice(1)).toEqual(expected);
    expect(sentencesOf(JSON.stringify(value))).toEqual([]);
  });

  it('hands on what a template asks for', () => {
    const tools = [{ type: 'function' }];
    const line = { messages: [{ ...user, name: 'Ann' }], tools: JSON.stringify(tools), chat_template_kwargs: { a: 1 } };
    const [conversation] = conversationsOfLine(JSON.stringify(line), 0, 1).conversations;
    expect(conversation?.variables).toEqual({ tools, a: 1 });
    expect(conversation?.messages[0]?.fields).toEqual({ ...user, name: 'Ann' });
  });
});

describe('lines', () => {
  const line = JSON.stringify({ messages: [user, assistant] });

  it('are conversations of their own, at their place in the document', () => {
    const { conversations } = findConversations(`${line}\r\n\n${line}\n`, 'jsonl');
    expect(conversations.map(({ span }) => span)).toEqual([
      { start: 0, end: line.length },
      { start: line.length + 3, end: 2 * line.length + 3 },
    ]);
    expect(conversationsOfLine(line, line.length + 3, 3).conversations).toEqual(conversations.slice(1));
  });

  it.each([
    ['{"messages":[{"content":"Hi"}]}', /^Line 2: a message has no "role"\. "system", "user"/],
    ['{"messages":[{"role":"owl","content":"Hi"}]}', /^Line 2: a message has the role "owl".* "system", "user"/],
    ['{"messages":[{"role":"user","content":7}]}', /^Line 2: the content of a message is neither/],
    ['{"conversations":[{"from":"owl","value":"Hi"}]}', /^Line 2: a message has the role "owl"/],
    ['{"text":"Hi"}', /^Line 2 is no conversation: an object with "messages"/],
    ['{"prompt":"Hi","rejected":"Go"}', /^Line 2 has "rejected" without "chosen"/],
    ['7', /^Line 2 is no conversation/],
    ['{"messages":[{"role":"user","content":"Hi"}', /^Line 2: the JSON ends in the middle/],
    ['{"messages":[{"role":"user","content":"Hi"},}]}', /^Line 2 is no valid JSON from "}]}" on/],
    [`${'['.repeat(100_000)}`, /^Line 2 is nested more than 200 levels deep/],
  ])('name what is wrong: %.60s', (wrong, expected) => {
    const sentences = sentencesOf(`${line}\n${wrong}\n${line}`);
    expect(sentences[0]).toMatch(expected);
    expect(found(`${line}\n${wrong}\n${line}`, 'jsonl').length).toBeGreaterThanOrEqual(2);
  });

  it('of 100 MB are not read', () => {
    const long = `{"messages":[{"role":"user","content":"${'a'.repeat(100_000_000)}"}]}`;
    expect(sentencesOf(`${long}\n${line}`)[0]).toMatch(/^Line 1 has 100000043 characters/);
  });
});

describe('JSON that is cut off', () => {
  it('is read up to there, wherever that is', () => {
    const json = JSON.stringify({ messages: [user, { role: 'assistant', content: 'Line\nof é 😀' }] }).replace(
      'é',
      '\\u00e9',
    );
    for (let end = 1; end < json.length; end++) {
      const { conversations, troubles } = conversationsOfLine(json.slice(0, end), 0, 1);
      expect(troubles.length, json.slice(0, end)).toBeGreaterThan(0);
      const [first, second] = conversations[0]?.messages ?? [];
      if (end > json.indexOf('},')) expect(said(first ? [first] : [])).toEqual([['user', 'Hi']]);
      expect('Line\nof é 😀'.startsWith(second?.content ?? '')).toBe(true);
    }
  });
});

describe('Markdown', () => {
  const expected = [['system', 'Be kind.'], ...both];
  it.each([
    ['headings', '# A chat\n\n## System\n\nBe kind.\n\n## User\n\nHi\n\n## Assistant\n\nHello\n'],
    ['headings with colons', '### System:\nBe kind.\n### **User:**\nHi\n### Assistant: ##\nHello'],
    ['bold names', '**System:** Be kind.\n\n**User:** Hi\n\n**Assistant**: Hello'],
    ['bold names on lines of their own', '**System**\nBe kind.\n**User**\nHi\n**Assistant**\nHello'],
    ['Spanish', '## Sistema\nBe kind.\n## Usuario\nHi\n## Asistente:\nHello'],
    ['line breaks of Windows', '## System\r\n\r\nBe kind.\r\n\r\n## User\r\nHi\r\n## Assistant\r\nHello\r\n'],
    ['front matter', '---\ntitle: A\n---\n## System\nBe kind.\n## User\nHi\n## Assistant\nHello'],
  ])('with %s', (_, text) => expect(found(text, 'markdown')).toEqual([{ shape: 'markdown', said: expected }]));

  it('keeps what an answer holds: code, other headings, other marks', () => {
    const answer = 'Yes.\n\n# Title\n\n```md\n## User\n```\n\n**User:** is bold.';
    expect(found(`## User\nHi\n## Assistant\n${answer}`, 'markdown')[0]?.said[1]).toEqual(['assistant', answer]);
  });

  it('without roles is no chat', () => {
    expect(found('# Title\n\nText', 'markdown')).toEqual([]);
    expect(sentencesOf('# Title\n\nText', 'markdown')[0]).toMatch(/^Line 1: nobody speaks in this text/);
  });
});

describe('a prompt file', () => {
  const text = '---\nname: A\nsystem: no\n---\nsystem:\nBe kind.\n\n# user:\nHi\nassistant[a=1]:\nHello\n';
  it('has role markers', () =>
    expect(found(text, 'prompty')).toEqual([{ shape: 'promptFile', said: [['system', 'Be kind.'], ...both] }]));

  it('without them is one message', () => {
    expect(found('---\nmode: ask\n---\nHi\n', 'promptMarkdown')[0]?.said).toEqual([['user', 'Hi']]);
    expect(found('Be kind.\nuser:\nHi', 'prompty')[0]?.said).toEqual([
      ['system', 'Be kind.'],
      ['user', 'Hi'],
    ]);
  });
});

it.each([
  ['chats.JSONL', undefined, 'jsonl'],
  ['a.prompt.md', 'markdown', 'promptMarkdown'],
  ['a.prompty', undefined, 'prompty'],
  ['Untitled-1', 'markdown', 'markdown'],
  ['a.ts', 'typescript', undefined],
])('the kind of %s', (name, language, kind) => expect(chatTextKind(name, language)).toBe(kind));

describe('where a content stands', () => {
  /** What JSON.parse makes of the escapes that each unit stands for. */
  const unescaped = (json: string, { content, source }: ChatMessage) =>
    [...Array(content.length).keys()]
      .map((unit) => JSON.parse(`"${json.slice(source?.starts[unit], source?.ends[unit])}"`))
      .join('');

  /** A string as JSON, each unit in a way of its own: as it is, short or `\u`. */
  const written = fc
    .array(fc.tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }), fc.boolean()))
    .map((parts) =>
      parts
        .map(([text, long]) =>
          long
            ? text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
            : JSON.stringify(text).slice(1, -1),
        )
        .join(''),
    );

  it('is known unit by unit, in strings and in parts', () => {
    fc.assert(
      fc.property(written, written, fc.nat(99), (a, b, offset) => {
        const json = `{"messages":[{"role":"user","content":"${a}"},{"role":"assistant","content":[{"type":"text","text":"${a}"},{"type":"text","text":"${b}"}]}]}`;
        const { conversations } = conversationsOfLine(json, offset, 1);
        const document = ' '.repeat(offset) + json;
        const [first, second] = (conversations[0]?.messages ?? []) as [ChatMessage, ChatMessage];
        expect(first.content).toBe(JSON.parse(`"${a}"`));
        expect(second.content).toBe(JSON.parse(`"${a}"`) + JSON.parse(`"${b}"`));
        for (const message of [first, second]) expect(unescaped(document, message)).toBe(message.content);
      }),
    );
  });

  it('is known of Markdown, of prompt files and of selections, where a line break of Windows is one character', () => {
    const lines = fc.array(fc.constantFrom('a', ' b', '😀', '', '#', '\t'), { minLength: 1 });
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n'), fc.nat(9), (body, eol, offset) => {
        const text = ['## User', ...body, '## Assistant', ...body].join(eol);
        const messages = [
          ...(findConversations(text, 'markdown').conversations[0]?.messages ?? []),
          ...conversationOfSelection(text, 0).messages,
        ];
        expect(messages).toHaveLength(3);
        for (const { content, source } of messages) {
          const read = [...Array(content.length).keys()].map((unit) =>
            text.slice(source?.starts[unit], source?.ends[unit]),
          );
          expect(read.join('').replaceAll('\r\n', '\n')).toBe(content);
        }
        expect(conversationOfSelection(text, offset).messages[0]?.source?.starts[0]).toBe(offset);
      }),
    );
  });
});
