import { describe, expect, test } from 'vitest';
import { renderChat } from '../../../src/chat/render';
import { RenderThread } from '../../../src/chat/worker';
import type { ChatMessage, Conversation, ConversationShape } from '../../../src/shared/chat';

const CHATML =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

const templateOf = (source: string) => ({ source, named: {}, tokens: { bos_token: '<s>' } });

/** Messages one after the other in a document of their contents. */
function conversationOf(pairs: [role: string, content: string][], shape: ConversationShape = 'messages'): Conversation {
  let at = 0;
  const messages = pairs.map(([role, content]): ChatMessage => {
    const starts = Uint32Array.from(content, (_, i) => at + i);
    at += content.length;
    return { role, content, fields: { role, content }, source: { starts, ends: starts.map((start) => start + 1) } };
  });
  return { shape, span: { start: 0, end: at }, messages, variables: {} };
}

const failure = (source: string, conversation = conversationOf([['user', 'Hi']])) =>
  renderChat(templateOf(source), conversation).then(
    () => undefined,
    ({ code, message }) => ({ code, message }),
  );

test('what is whose, where it stands, and what is scored', async () => {
  const chat = conversationOf([
    ['user', 'Hi'],
    ['assistant', ' Yo'],
  ]);
  const { text, parts, scoredBy } = await renderChat(
    templateOf(CHATML.replace("['content']", "['content'] | trim")),
    chat,
  );
  expect(scoredBy).toBe('prefixes');
  expect(parts.map((part) => [text.slice(part.start, part.end), part.role, part.kind, part.isScored])).toEqual([
    ['<|im_start|>user\n', 'user', 'template', false],
    ['Hi', 'user', 'content', false],
    ['<|im_end|>\n', 'user', 'template', false],
    ['<|im_start|>assistant\n', 'assistant', 'template', false],
    ['Yo', 'assistant', 'content', true],
    ['<|im_end|>\n', 'assistant', 'template', true],
  ]);
  expect([...(parts[4]?.source?.starts ?? [])]).toEqual([3, 4]);
});

test.each([
  [[['user', 'Hi']], '<s><|im_start|>system\nHelp.<|im_end|>\n'],
  [
    [
      ['user', 'Hi'],
      ['assistant', 'Yo'],
      ['user', 'Bye'],
    ],
    '<s><|im_start|>system\nHelp.<|im_end|>\n',
  ],
  [
    [
      ['system', 'Be kind.'],
      ['user', 'Hi'],
    ],
    undefined,
  ],
] as [[string, string][], string | undefined][])(
  'a prompt of the template’s own is no message’s: %j',
  async (pairs, own) => {
    const prompt =
      "{% if loop.first and message.role != 'system' %}{{ bos_token + '<|im_start|>system\nHelp.<|im_end|>\n' }}{% endif %}";
    const source = CHATML.replace('{% for message in messages %}', `{% for message in messages %}${prompt}`);
    const { text, parts } = await renderChat(templateOf(source), conversationOf(pairs));
    const written = parts
      .filter(({ kind }) => kind === 'template')
      .map((part) => [text.slice(part.start, part.end), part.role]);
    const header = [`<|im_start|>${pairs[0]?.[0]}\n`, pairs[0]?.[0]];
    expect(written.slice(0, own ? 2 : 1)).toEqual(own ? [[own, undefined], header] : [header]);
  },
);

test('only what is left of an answer is scored where earlier messages are written in another way', async () => {
  const source =
    "{% for m in messages %}[{{ m.content if loop.last else m.content.split('</think>')[-1] }}]{% endfor %}";
  const chat = conversationOf([
    ['user', 'a'],
    ['assistant', '<think>b</think>c'],
    ['user', 'd'],
    ['assistant', 'e'],
  ]);
  const { text, parts, scoredBy } = await renderChat(templateOf(source), chat);
  expect(scoredBy).toBe('contents');
  expect(parts.filter(({ isScored }) => isScored).map(({ start, end }) => text.slice(start, end))).toEqual(['c', 'e']);
});

test('of a preference pair only its completion is scored', async () => {
  const turns: [string, string][] = [
    ['user', 'a'],
    ['assistant', 'b'],
    ['user', 'c'],
    ['assistant', 'd'],
  ];
  const { parts } = await renderChat(templateOf(CHATML), conversationOf(turns, 'preference'));
  expect(new Set(parts.filter(({ isScored }) => isScored).map(({ message }) => message))).toEqual(new Set([3]));
});

test('templates for tools and documents are taken by their names', async () => {
  const template = { source: 'd', named: { tool_use: 't', rag: 'r' }, tokens: {} };
  const chat = conversationOf([['user', 'Hi']]);
  const textWith = async (variables: object) =>
    (await renderChat(template, { ...chat, variables: { ...variables } })).text;
  expect(await Promise.all([textWith({}), textWith({ tools: [{}] }), textWith({ documents: [{}] })])).toEqual([
    'd',
    't',
    'r',
  ]);
});

describe('what cannot be rendered is one sentence', () => {
  test.each([
    ["{{ raise_exception('Only user roles') }}", 'chat.refused', 'Only user roles'],
    ['{% if %}', 'chat.template', 'no Jinja'],
    ['{% for m in messages %}', 'chat.template', 'closed'],
    ['{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}', 'chat.template', 'without end'],
    [
      "{% set ns = namespace(x='xx') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
      'chat.template',
      'no end',
    ],
    ['{{ messages | nothing }}', 'chat.template', 'filter nothing'],
  ])('%s', async (source, code, words) => {
    expect(await failure(source)).toEqual({ code, message: expect.stringMatching(new RegExp(`${words}.*[.]$`)) });
  });

  test('a message without a role, a conversation without messages, a picture', async () => {
    expect(await failure(CHATML, conversationOf([['', 'Hi']]))).toMatchObject({ code: 'chat.role' });
    expect(await failure(CHATML, conversationOf([]))).toMatchObject({ code: 'chat.empty' });
    const chat = conversationOf([['user', 'Hi']]);
    const fields = { role: 'user', content: [{ type: 'text', text: 'Hi' }, { type: 'image_url' }] };
    const picture = { ...chat, messages: chat.messages.map((message) => ({ ...message, fields })) };
    expect(await failure(CHATML, picture)).toMatchObject({ message: expect.stringContaining('image_url') });
  });
});

test('a template that does not end is ended, cancelled ones are not waited for, and the next is rendered', async () => {
  const thread = new RenderThread(1000);
  const job = { variables: {}, messages: [], addGenerationPrompt: false, time: 0, scored: [] };
  const loop = '{% for a in range(100000) %}';
  const endless = `${loop}${loop}${loop}{% endfor %}{% endfor %}{% endfor %}`;
  const stopped = thread.run({ ...job, template: endless });
  const cancelling = new AbortController();
  const cancelled = thread.run({ ...job, template: endless }, cancelling.signal);
  const next = thread.run({ ...job, template: 'x' });
  cancelling.abort();
  await expect(cancelled).rejects.toThrow('abort');
  await expect(stopped).rejects.toMatchObject({ code: 'chat.endless' });
  await expect(next).resolves.toMatchObject({ text: 'x' });
});
