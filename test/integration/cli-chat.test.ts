import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { openChatLines } from '../../src/cli/chat/chat-lines';
import { inspectJson, vitrine } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';
import { writeTinyChatModel } from '../support/tiny-chat-model';

/** Conversations and templates, with what transformers makes of them. */
interface Fixture {
  conversations: Record<string, { messages: object[]; variables?: object; prompt?: boolean }>;
  templates: {
    name: string;
    template: string;
    expected: Record<string, { text?: string; generated?: [start: number, end: number][] }>;
  }[];
}

const fixture: Fixture = JSON.parse(
  gunzipSync(readFileSync('test/fixtures/chat-templates/chat-templates.json.gz')).toString(),
);

/** What docs/json.md documents. */
interface ChatJson {
  line: number;
  error?: string;
  notes?: string[];
  answer?: string;
  text: string;
  tokens: {
    id: number;
    text: string;
    start: number;
    end: number;
    role: string | null;
    scored: boolean;
    logprob: number | null;
  }[];
  counts: { roles: Record<string, number>; template: number };
  scored: { by: string; tokens: number; sumLogprob: number; bitsPerToken: number | null };
}

interface CountJson {
  line: number;
  error?: string;
  counts?: {
    vocabulary: string;
    published: boolean;
    roles: Record<string, number>;
    template: number;
    tokens: number;
  }[];
}

/** What is printed, a line each, whether or not all could be read. */
async function printed<T>(...args: string[]): Promise<T[]> {
  const { stdout } = await vitrine(['chat', ...args, '--json']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function fileOf(name: string, lines: readonly (string | Buffer | object)[]): string {
  const path = join(temporaryFolder(), name);
  const buffers = lines.flatMap((line) => [
    Buffer.isBuffer(line) ? line : Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)),
    Buffer.from('\n'),
  ]);
  writeFileSync(path, Buffer.concat(buffers));
  return path;
}

/** A tiny model, with a chat template or without. */
function modelWith(template?: string): string {
  const model = writeTinyChatModel(temporaryFolder(), 'model', template);
  const config = join(model, 'config.json');
  // It was made for shorter texts than a conversation with tools.
  writeFileSync(config, readFileSync(config, 'utf8').replace(/("max_position_embeddings":) \d+/, '$1 4096'));
  return model;
}

const TEMPLATE =
  '{%- for message in messages %}<|im_start|>{{ message.role }}\\n{{ message.content }}<|im_end|>\\n{% endfor %}';
const EXAMPLES = 'examples/chats.jsonl';
const HELLO = {
  messages: [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello.' },
  ],
};

describe('a conversation as the model reads it', () => {
  it.each([true, false])(
    'is the prompt that transformers renders (with what comes before an answer: %s)',
    async (asked) => {
      const expected = Object.entries(fixture.templates[0]?.expected ?? {}).flatMap(([name, { text }]) => {
        const conversation = fixture.conversations[name];
        const isAsked = conversation?.prompt ?? false;
        // Of a list of parts, the embedded model's template writes what Python would print.
        return conversation && isAsked === asked && name !== 'parts' && text !== undefined
          ? [{ text, line: { messages: conversation.messages, ...conversation.variables } }]
          : [];
      });
      const path = fileOf(
        'conversations.jsonl',
        expected.map(({ line }) => line),
      );
      const options = ['--model', modelWith(fixture.templates[0]?.template), ...(asked ? ['--generation-prompt'] : [])];
      const read = await printed<ChatJson>(path, ...options);
      expect(expected.length).toBeGreaterThan(1);
      expect(read.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
    },
  );

  it('has the tokens scored that transformers masks', async () => {
    const { template, expected } = fixture.templates.find(
      ({ name }) => name === 'qwen2_5_training',
    ) as Fixture['templates'][0];
    const names = ['pair', 'system', 'turns', 'tools'];
    const path = fileOf(
      'conversations.jsonl',
      names.map((name) => {
        const { messages, variables } = fixture.conversations[name] as Fixture['conversations'][string];
        return { messages, ...variables };
      }),
    );
    const read = await printed<ChatJson>(path, '--model', modelWith(template));
    for (const [i, name] of names.entries()) {
      const ranges = expected[name]?.generated ?? [];
      const tokens = read[i]?.tokens ?? [];
      const masked = tokens.map((token) => ranges.some(([start, end]) => token.start < end && token.end > start));
      expect(
        tokens.map(({ scored }) => scored),
        name,
      ).toEqual(masked);
      expect(masked).toContain(true);
    }
  });

  it('is as probable as its prompt is to `inspect`, line by line', async () => {
    const [second] = await printed<ChatJson>(EXAMPLES, '--line', '2');
    const { stdout: prompt } = await vitrine(['chat', EXAMPLES, '--line', '2', '--render']);
    const { tokens } = await inspectJson(prompt);
    expect(second?.text).toBe(prompt);
    expect(second?.tokens.map(({ id }) => id)).toEqual(tokens.map(({ id }) => id));
    for (const [i, { logprob }] of tokens.entries()) {
      if (logprob === null) expect(second?.tokens[i]?.logprob).toBeNull();
      else expect(second?.tokens[i]?.logprob).toBeCloseTo(logprob, 3);
    }
    const bits = tokens.flatMap(({ logprob }, i) => (second?.tokens[i]?.scored ? [-(logprob ?? 0) / Math.LN2] : []));
    expect(second?.scored).toMatchObject({ by: 'prefixes', tokens: bits.length });
    expect(second?.scored.bitsPerToken).toBeCloseTo(bits.reduce((sum, value) => sum + value) / bits.length, 3);
  });

  it('is drawn with its roles, its control tokens and what is scored; of a pair both answers have a sum', async () => {
    const { code, stdout } = await vitrine(['chat', EXAMPLES, '--line', '4']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'user      │ Can you water my plants on Friday?[<|im_end|>]⏎\n          │ [<|im_start|>]assistant⏎',
    );
    for (const answer of ['Yes, I can water them on Friday.', 'Plants need water, light and soil.']) {
      expect(stdout).toContain(`assistant ┃ ${answer}[<|im_end|>]⏎`);
    }
    expect(stdout.match(/^scored: \d+ tokens · [\d.]+ bits a token · −[\d.]+ nats$/gm)).toHaveLength(2);
    expect(stdout).not.toMatch(/margin/);
  });
});

describe('counts', () => {
  it('are the model’s by role and template, and OpenAI’s as its cookbook counts them', async () => {
    const messages = [
      { role: 'system', content: 'Sé breve.' },
      { role: 'user', name: 'Ana', content: '¿Cuántos son 327 + 1?' },
      { role: 'assistant', content: '328 <|endoftext|>' },
    ];
    const [counted] = await printed<CountJson>(fileOf('one.jsonl', [{ messages }]), '--count');
    const [model, ...published] = counted?.counts ?? [];
    const { stdout } = await vitrine([
      'tokens',
      '--json',
      '<|im_start|>system\nSé breve.<|im_end|>\n<|im_start|>user\n¿Cuántos son 327 + 1?<|im_end|>\n<|im_start|>assistant\n328 <|endoftext|><|im_end|>\n',
    ]);
    expect(model).toMatchObject({ published: false, tokens: JSON.parse(stdout).count });
    expect(published.map(({ vocabulary }) => vocabulary)).toEqual(['cl100k_base', 'o200k_base']);
    for (const { vocabulary, published: isPublished, roles, tokens: all } of published) {
      const encoding = get_encoding(vocabulary as 'cl100k_base');
      const count = (text: string) => encoding.encode(text, [], []).length;
      // `num_tokens_from_messages`.
      const total = messages.flatMap((message) => [
        3 + ('name' in message ? 1 : 0),
        ...Object.values(message).map(count),
      ]);
      expect(all).toBe(total.reduce((sum, value) => sum + value, 3));
      expect(roles).toEqual(Object.fromEntries(messages.map(({ role, content }) => [role, count(content)])));
      expect(isPublished).toBe(true);
      encoding.free();
    }
  });

  it('add up to all tokens, line by line and over all lines', async () => {
    const { stdout } = await vitrine(['chat', EXAMPLES, '--count']);
    const rows = Array.from(stdout.matchAll(/^SmolLM2-135M-Instruct +(.+)$/gm), ([, cells = '']) =>
      cells.split(/ +/).map(Number),
    );
    const sums = rows.map((cells) => [cells.at(-1), cells.slice(0, -1).reduce((sum, value) => sum + value)]);
    for (const [tokens, sum] of sums) expect(tokens).toBe(sum);
    expect(sums.at(-1)?.[0]).toBe(sums.slice(0, -1).reduce((sum, [tokens = 0]) => sum + tokens, 0));
  });
});

describe('where people keep conversations', () => {
  it.each([
    ['one.json', JSON.stringify([HELLO, HELLO], null, 2), [2, 14]],
    ['one.md', '# Notes\n\n## User\n\nHi\n\n## Assistant\n\nHello.', [1]],
    ['one.prompt.md', '---\nmode: agent\n---\nHi', [1]],
    ['one.prompty', 'system:\nBe kind.\n\nuser:\nHi', [1]],
    ['lines.txt', `${JSON.stringify(HELLO)}\n\n${JSON.stringify(HELLO)}`, [1, 3]],
    ['one.txt', JSON.stringify(HELLO, null, 2), [1]],
  ])('%s, by its ending or by how it begins', async (name, text, expected) => {
    const { all } = await openChatLines(fileOf(name, [text]), undefined);
    const found: number[] = [];
    for await (const { line, find } of all) found.push(...find().conversations.map(() => line));
    expect(found).toEqual(expected);
  });

  it('also on the standard input', async () => {
    const { stdout } = await vitrine(['chat', '-', '--render'], { input: '**Usuario:** Hola' });
    expect(stdout).toMatch(/<\|im_start\|>user\nHola<\|im_end\|>\n$/);
  });

  it('of a long file the first are shown, and how many there are', async () => {
    const path = fileOf('many.jsonl', Array(5000).fill(HELLO));
    const { code, stdout } = await vitrine(['chat', path, '--model', modelWith(TEMPLATE)]);
    expect(code).toBe(0);
    expect(stdout).toContain('\nline 10\n');
    expect(stdout).not.toContain('\nline 11\n');
    expect(stdout).toMatch(/first 10 of 5,000 lines\. --line N/);
  });
});

/** A conversation of one user's message, for templates that do something else to some. */
const says = (content: string) => ({ messages: [{ role: 'user', content }] });

describe('what cannot be read has a sentence in its place, and other lines go on', () => {
  const bad: [name: string, line: string | Buffer | object, sentence: RegExp][] = [
    ['text that is no JSON', 'Hello there', /no valid JSON from "Hello there" on/],
    ['an object without a conversation', { hello: 1 }, /is no conversation: an object with "messages"/],
    ['no message', { messages: [] }, /The conversation has no message/],
    ['a message without a role', { messages: [{ content: 'Hi' }] }, /a message has no "role"/],
    ['a content that is a number', { messages: [{ role: 'user', content: 5 }] }, /neither a text nor a list of parts/],
    ['a deep nest', '['.repeat(300), /nested more than 200 levels/],
    ['100 MB in one line', Buffer.alloc(100_000_000, 'a'), /has more than 32 MB/],
    [
      'what the template refuses',
      says('refuse'),
      /template refuses this conversation, whose roles are user: Not this\./,
    ],
    ['what makes the template fail', says('fail'), /template cannot be rendered/],
    ['what the template never ends with', says('loop'), /template did not end/],
  ];
  const template = `{% if messages[0].content == 'refuse' %}{{ raise_exception('Not this') }}{% endif %}
{%- if messages[0].content == 'fail' %}{{ messages | nonsense }}{% endif %}
{%- if messages[0].content == 'loop' %}{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}{% endif %}
${TEMPLATE}`;

  it('line by line', async () => {
    const path = fileOf(
      'bad.jsonl',
      bad.flatMap(([, line]) => [line, HELLO]),
    );
    const { code, stdout, stderr } = await vitrine(['chat', path, '--count', '--json', '--model', modelWith(template)]);
    const lines: CountJson[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const [i, [name, , sentence]] of bad.entries()) {
      expect(lines[2 * i]?.error, name).toMatch(sentence);
      expect(lines[2 * i + 1], name).toMatchObject({
        line: 2 * i + 2,
        counts: [{ tokens: expect.any(Number) }, {}, {}],
      });
    }
    expect(code).toBe(1);
    expect(stderr).toBe(`${bad.length} conversations could not be read. A sentence stands where each would.\n`);
  });

  it('of what is cut off, the part that is there is read, with a sentence', async () => {
    const cut = '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hel';
    const path = fileOf('cut.jsonl', [
      cut,
      Buffer.concat([
        Buffer.from(JSON.stringify(HELLO)).subarray(0, 42),
        Buffer.of(0xff),
        Buffer.from(JSON.stringify(HELLO)).subarray(42),
      ]),
    ]);
    const [first, second] = await printed<ChatJson>(path, '--count');
    expect(first?.notes).toEqual([expect.stringMatching(/ends in the middle\. What stands before that is read/)]);
    expect(second?.notes?.[0]).toMatch(/no UTF-8/);
  });

  it('what is too long for the model is counted all the same', async () => {
    const path = fileOf('long.jsonl', [says('word '.repeat(9000)), HELLO]);
    const model = ['--model', modelWith(TEMPLATE)];
    const [read, counted] = [
      await printed<ChatJson>(path, ...model),
      await printed<CountJson>(path, '--count', ...model),
    ];
    expect(read[0]?.error).toMatch(/has [\d,]+ tokens, and .* reads at most 4,096/);
    expect(read[1]?.scored.tokens).toBeGreaterThan(0);
    expect(counted[0]?.counts?.[0]?.roles.user).toBeGreaterThan(9000);
  });
});

it.each<[string, () => string[], number, RegExp]>([
  ['no file', () => [], 2, /missing required argument/],
  ['no such file', () => ['/no/such/chats.jsonl'], 1, /There is no file \/no\/such\/chats\.jsonl/],
  ['a folder', () => ['examples'], 1, /is a folder/],
  ['an empty file', () => [fileOf('empty.jsonl', [''])], 1, /There is no conversation in .*empty\.jsonl/],
  ['a line that is not there', () => [EXAMPLES, '--line', '9'], 1, /No conversation begins in line 9/],
  ['line 0', () => [EXAMPLES, '--line', '0'], 2, /at least 1/],
  ['one prompt of several conversations', () => [EXAMPLES, '--render'], 2, /has 4 lines\. Say which: --line N/],
  ['a prompt that is counted', () => [EXAMPLES, '--render', '--count'], 2, /cannot be used with/],
  ['a model without a template', () => [EXAMPLES, '--model', modelWith()], 1, /has no chat template/],
  ['a model that is none', () => [EXAMPLES, '--model', 'package.json'], 1, /not a GGUF file/],
])('%s: one sentence', async (_, args, expected, sentence) => {
  const { code, stdout, stderr } = await vitrine(['chat', ...args()]);
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(stderr).toMatch(sentence);
});
