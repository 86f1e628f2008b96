import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { ARCHITECTURE_CASES } from '../support/architecture-cases';
import { inspectJson, vitrine } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const TEXTS = {
  English: 'The mouse ate the cheese.',
  Spanish: 'El ratón comió el queso.',
  code: 'def fibonacci(n):\n\tif n <= 1:\n        return n\n',
  'split characters': 'Family 👨‍👩‍👧‍👦 ate 🧀 — naïve café, 日本語の文章。',
  chat: '<|im_start|>user\nWhat is the capital of France?<|im_end|>\n',
};

describe('the table', () => {
  it.each(Object.entries(TEXTS))('fits 80 columns and has the numbers of the JSON: %s', async (_, text) => {
    const [{ code, stdout, stderr }, { tokens }] = await Promise.all([
      vitrine(['inspect', '-'], { input: text }),
      inspectJson(text),
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    for (const [position, { id, rank }] of tokens.entries()) {
      const row = lines.find((line) => line.trimStart().startsWith(`${position} `)) ?? '';
      expect(row.split(/\s+/)).toContain(`${id}`);
      if (rank !== null) expect(row.replace(/(?<=\d),(?=\d)/g, '')).toMatch(new RegExp(`% +${rank + 1}[ ┈╌━]`));
    }
    expect(stdout).toContain('nothing comes before it');
    expect(stdout).toContain(`${tokens.length} tokens`);
  });

  it('holds nothing that a terminal would obey', async () => {
    const { stdout } = await vitrine(['inspect', '-'], { input: 'a\x1b[2Jb\r\x07\u202ec\u{e0041}\x9b31m\u200d' });
    expect(stdout).not.toMatch(/[^\n\P{C}]/u);
    expect(stdout).toMatch(/\\u\{202e\}/);
  });

  it.each([
    ['plain on a pipe', {}, false],
    ['coloured where FORCE_COLOR says so', { FORCE_COLOR: '1' }, true],
    ['plain where NO_COLOR says so', { NO_COLOR: '1' }, false],
  ])('is %s', async (_, env, isColoured) => {
    const { stdout } = await vitrine(['inspect', TEXTS.English], { env });
    expect(stdout.includes('\x1b[')).toBe(isColoured);
  });

  it('marks the classes of ranks, and counts them', async () => {
    const { stdout } = await vitrine(['inspect', TEXTS.English]);
    expect(stdout).toContain('2 first guess · 0 ┈ top 10 · 1 ╌ top 100 · 2 ━ beyond');
    expect(stdout).toMatch(/·mouse +9444 +<0\.001 % +5,67\d━/);
  });
});

describe('what may be added', () => {
  it('shows attention, heads, the lens, a continuation and what an ablation did', async () => {
    const options = '--attention 18.6 --heads --lens --continue 4 --ablate 0.6'.split(' ');
    const { code, stdout } = await vitrine(['inspect', 'The mouse ate the', ...options]);
    expect(code).toBe(0);
    expect(Math.max(...stdout.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    for (const title of ['Without head 0.6', 'Attention of head 18.6', 'Heads', 'Logit lens', 'Continuation']) {
      expect(stdout.split('\n')).toContain(title);
    }
    expect(stdout).toMatch(/log-probability −[\d.]+ nats, −22\.3 nats with it/);
  });

  it('shows the experts of each token, or that there are none', async () => {
    const olmoe = fileURLToPath(new URL('../fixtures/architectures/olmoe/model.gguf', import.meta.url));
    const { code, stdout } = await vitrine(['inspect', 'The mouse ate the', '--experts', '--model', olmoe]);
    expect(code).toBe(0);
    expect(Math.max(...stdout.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^Layer 1\n0 .+ \d [\d.]+ % +\d [\d.]+ %$/m);
    expect((await vitrine(['inspect', 'The', '--experts'])).stdout).toContain('Experts: this model has none.');
  });

  it('says how much of a long pattern is left out', async () => {
    const { stdout } = await vitrine(['inspect', '1 2 3 4 5 6 7 8 9 '.repeat(5), '--attention', '0.0']);
    expect(stdout).toMatch(/The last \d+ of \d+ tokens fit/);
    expect(stdout).toContain('earlier');
  });
});

describe('what the model does not see is said on stderr', () => {
  it('characters that its vocabulary lacks', async () => {
    const { code, stderr } = await vitrine(['inspect', '-'], { input: 'one\x04two' });
    expect(code).toBe(0);
    expect(stderr).toBe('The model does not see 1 character of the text, which its vocabulary lacks: ␄\n');
  });

  it('bytes that are no text', async () => {
    const input = Buffer.from([0x61, 0x20, 0xff, 0xfe, 0x20, 0x62]);
    const { code, stdout, stderr } = await vitrine(['inspect', '-', '--json'], { input });
    expect(code).toBe(0);
    expect(stderr).toBe('The standard input is not all UTF-8: what is no text in it was read as U+FFFD.\n');
    expect(JSON.parse(stdout).text).toBe('a \ufffd\ufffd b');
  });

  it('NUL is read', async () => {
    const { code, stdout, stderr } = await vitrine(['inspect', '-', '--json'], { input: 'a\0b' });
    expect(code).toBe(0);
    expect(stderr).toContain('NUL');
    expect(JSON.parse(stdout).text).toBe('a\0b');
  });
});

it('what a file leaves out of its model is said once, when it is compiled, and in the JSON each time', async () => {
  const qwen = ARCHITECTURE_CASES.find(({ name, format }) => name === 'qwen2' && format === 'gguf')?.path ?? '';
  const env = { XDG_CACHE_HOME: temporaryFolder() };
  const first = await vitrine(['inspect', 'Hello', '--model', qwen], { env });
  expect(first.stderr).toMatch(/^This GGUF file does not say whether its layers have a sliding window.*\n$/);
  const second = await vitrine(['inspect', 'Hello', '--model', qwen, '--json'], { env });
  expect(second.stderr).toBe('');
  expect(JSON.parse(second.stdout).notes).toEqual([first.stderr.trim()]);
});

it('whoever asks for rounded weights where there is nothing to round is told that the numbers are exact', async () => {
  const { code, stderr, stdout } = await vitrine(['inspect', 'The mouse', '--weights', '8bit', '--json']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Nothing of SmolLM2-135M-Instruct had to be rounded/);
  expect(JSON.parse(stdout).weights).toBe('packed');
});

it('the token that begins every text has its name, though it is no part of the text', async () => {
  const gemma =
    ARCHITECTURE_CASES.find(({ name, format }) => name === 'gemma2' && format === 'huggingFace')?.path ?? '';
  const { stdout } = await vitrine(['inspect', 'Hello', '--model', gemma]);
  expect(stdout).toMatch(/^0 <bos>/m);
});
