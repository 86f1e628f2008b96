import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const LONG_TEXT = 'digits 327 '.repeat(200_000);

function vitrine(args: string[], input = '', ofNode: string[] = []) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...ofNode, 'dist/vitrine.js', ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 256e6,
  });
  return { out: stdout, error: stderr, code: status };
}

/** Ends in a crash where all that is printed is held at once. */
function inLittleMemory(args: string[], input: string) {
  return vitrine(args, input, ['--max-old-space-size=64']);
}

function jsonOf(args: string[], input = '') {
  return JSON.parse(vitrine([...args, '--json'], input).out);
}

describe('vitrine tokens', () => {
  it('prints the tokens of a text as JSON', () => {
    expect(jsonOf(['tokens', '327 ¡é', '--vocab', 'cl100k_base'])).toEqual({
      vocab: 'cl100k_base',
      text: '327 ¡é',
      tokens: [
        { id: 13817, text: '327', bytes: '333237', start: 0, end: 3 },
        { id: 49913, text: ' ¡', bytes: '20c2a1', start: 3, end: 5 },
        { id: 978, text: 'é', bytes: 'c3a9', start: 5, end: 6 },
      ],
      count: 3,
    });
  });

  it('prints an array for several vocabularies', () => {
    const texts = jsonOf(['tokens', '327', '--vocab', 'model', '--vocab', 'gpt2']);
    expect(texts.map((text: { count: number }) => text.count)).toEqual([3, 1]);
  });

  it.each([
    [['--vocab', 'model'], 1],
    [['--vocab', 'model', '--control-tokens', 'text'], 7],
    [['--vocab', 'gpt2'], 7],
    [['--vocab', 'gpt2', '--control-tokens', 'recognised'], 1],
  ])('takes a control token for what it is with a model: %j', (options, count) => {
    const text = options.includes('model') ? '<|im_end|>' : '<|endoftext|>';
    expect(jsonOf(['tokens', text, ...options]).count).toBe(count);
  });

  it('reads the standard input to its last byte', () => {
    expect(jsonOf(['tokens', '-'], '\ufeffa\r\n').text).toBe('\ufeffa\r\n');
  });

  it('says which characters a model does not see', () => {
    const { error, out } = vitrine(['tokens', 'a\u0004b', '--json']);
    expect(error).toContain('U+0004');
    expect(JSON.parse(out).dropped).toEqual([{ text: '\u0004', start: 1, end: 2 }]);
  });

  it('marks where vocabularies differ, and their counts', () => {
    const { out } = vitrine(['tokens', 'the 327', '--vocab', 'cl100k_base', '--vocab', 'gpt2']);
    expect(out).toContain('cl100k_base: 3 tokens, 7 characters, 2.3 characters a token');
    expect(out).toContain('gpt2: 2 tokens, 7 characters');
    expect(out).toContain('13817*');
    expect(out).not.toContain('1820*');
  });

  it.each([{ options: [] }, { options: ['--table'] }, { options: ['--json'] }])(
    'shows a long text in little memory: $options',
    ({ options }: { options: string[] }) => {
      const { out } = inLittleMemory(['tokens', '-', ...options], LONG_TEXT);
      if (options.includes('--json')) expect(JSON.parse(out).tokens.length).toBe(1_000_001);
      else expect(out).toContain('SmolLM2-135M-Instruct: 1,000,001 tokens, 2,200,000 characters');
    },
  );

  it('draws the merges of a token', () => {
    const { out } = vitrine(['tokens', ' he', '--vocab', 'gpt2', '--merges', '0']);
    expect(out.split('\n').slice(1)).toEqual(['·he  merge 339', '├─ ·', '└─ he  merge 258', '   ├─ h', '   └─ e', '']);
  });

  it.each([
    ['!', 'gpt2'],
    ['<|im_end|>', 'model'],
  ])('says that no merges built %s of %s', (text, vocab) => {
    const { out } = vitrine(['tokens', text, '--vocab', vocab, '--merges', '0']);
    expect(out.split('\n').slice(1)).toEqual(['No merges built it: it is in the vocabulary as it stands.', '']);
  });

  it.each([
    [['tokens', 'x', '--vocab', 'nope'], 2],
    [['tokens', '--jsonl', '--vocab', 'gpt2'], 2],
    [['tokens'], 2],
    [['tokens', 'x', '--merges', '9'], 2],
    [['tokens', 'x', '--model', 'package.json'], 1],
  ])('fails with a sentence: %j', (args, code) => {
    const result = vitrine(args);
    expect(result.code).toBe(code);
    expect(result.error.trim()).not.toBe('');
    expect(result.error).not.toContain('    at ');
  });
});

describe('vitrine tokens --jsonl', () => {
  function answers(lines: string[]): object[] {
    const { out } = vitrine(['tokens', '--jsonl'], lines.join('\n'));
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  it('answers one that is too long with an error in its place, and goes on', () => {
    const long = `{"vocab":"gpt2","text":"${'a'.repeat(33e6)}"}`;
    const short = '{"vocab":"gpt2","text":"a"}';
    expect(answers([short, long, short, long])).toEqual([
      { ids: [64], spans: [[0, 1]] },
      { error: 'This line has more than 32 MB. Send the text in parts.' },
      { ids: [64], spans: [[0, 1]] },
      { error: 'This line has more than 32 MB. Send the text in parts.' },
    ]);
  });

  it('answers each line, and a bad one in its place', () => {
    expect(
      answers([
        '\ufeff{"vocab":"cl100k_base","text":"327"}',
        'bad',
        '{"vocab":"nope","text":"x"}',
        '{"vocab":"model","text":"<|im_end|>","special":true}',
        '{"vocab":"o200k_base","text":"\u2028\\ud800<|endoftext|>"}',
        '{"vocab":"model","text":""}',
      ]),
    ).toEqual([
      { ids: [13817], spans: [[0, 3]] },
      { error: expect.stringContaining('This line is no request') },
      { error: expect.stringContaining('There is no vocabulary nope') },
      { ids: [2], spans: [[0, 10]] },
      { ids: expect.any(Array), spans: expect.arrayContaining([[0, 1]]) },
      { ids: [], spans: [] },
    ]);
  });

  it('answers a long line in little memory', () => {
    const line = JSON.stringify({ vocab: 'model', text: LONG_TEXT });
    const { ids, spans } = JSON.parse(inLittleMemory(['tokens', '--jsonl'], line).out);
    expect([ids.length, spans.length, spans.at(-1)]).toEqual([1_000_001, 1_000_001, [2_199_999, 2_200_000]]);
  });
});

describe('vitrine numbers', () => {
  it('shows how vocabularies cut a number, and says what that means', () => {
    const { out } = vitrine(['numbers', '327']);
    expect(out).toMatch(/gpt2\s+1\s+327\s+34159/);
    expect(out).toMatch(/SmolLM2\S*\s+3\s+3·2·7/);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('In cl100k_base, 327 is token 13817: its digits are not visible');
  });

  it('reads a minus', () => {
    const { out } = vitrine(['numbers', '--vocab', 'cl100k_base', '--', '-5']);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('In cl100k_base, -5 is 2 tokens, - 5');
  });

  it('lays out a sum with the edges of tokens and what is carried over them', () => {
    const { out } = vitrine(['numbers', '999 + 1', '--vocab', 'cl100k_base', '--language', 'es']);
    expect(out.split('\n').slice(1, 5)).toEqual(['  1 1 1← ', '    9 9 9', '+       1', '= 1 0 0│0']);
    expect(out).toContain('En cl100k_base');
  });

  it('gives the map of 0 to 9999', () => {
    const report = jsonOf(['numbers', '327', '--vocab', 'cl100k_base', '--map']);
    expect(report.map).toHaveLength(10_000);
    expect([report.map[327], report.map[1000], report.firstSplit]).toEqual([1, 2, 1000]);
    expect(vitrine(['numbers', '--vocab', 'gpt2', '--map']).out.split('\n')[6]).toMatch(/^[1-4]{50}$/);
    expect(jsonOf(['numbers', '--vocab', 'gpt2', '--map'])).toMatchObject({ vocab: 'gpt2', firstSplit: 521 });
  });

  it('has the ids of every way to write it, in 80 columns', () => {
    expect(vitrine(['numbers', '327', '--vocab', 'cl100k_base']).out).toContain(
      '-327        -·327\n            12 13817\n',
    );
    const { out } = vitrine(['numbers', '327']);
    for (const ids of ['29 35 34 39', '12 34159', '12 13817', '12 27394']) expect(out).toContain(ids);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each([{ args: [] }, { args: ['999 + 1', '--map'] }])('says what to give it: $args', ({ args }) => {
    const { code, error } = vitrine(['numbers', ...args]);
    expect(code).toBe(2);
    expect(error).toContain('--map');
  });

  it.each([
    ['1.327', '132·7'],
    ['3,14', '3·,·14'],
    ['1.000 - 1', '= 9 9 9'],
  ])('reads %s as people who read Spanish write it', (text, cut) => {
    const { out } = vitrine(['numbers', text, '--vocab', 'cl100k_base', '--language', 'es']);
    expect(out.replaceAll(/ +/g, ' ')).toContain(cut);
  });

  it('says in Spanish what it does not read', () => {
    const { code, error } = vitrine(['numbers', 'mil', '--language', 'es']);
    expect([code, error]).toEqual([2, expect.stringContaining('«mil» no se lee como un número')]);
  });

  it.each(['3..27', '3-', 'abc', '1 - 2', '1.5 + 1'])('refuses %s with a sentence', (text) => {
    const { code, error } = vitrine(['numbers', text]);
    expect(code).toBe(2);
    expect(error).toContain(text);
  });
});
