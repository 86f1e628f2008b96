import { describe, expect, it } from 'vitest';
import { languageOf, syntaxOf } from '../../../src/workspace/languages/languages';
import { lineKindsOf } from '../../../src/workspace/lines/line-kinds';
import { lineScoresOf } from '../../../src/workspace/lines/line-scores';
import { lineStartsOf } from '../../../src/workspace/lines/line-starts';
import { partsOf } from '../../../src/workspace/lines/parts';
import { scoreWindows } from '../../../src/workspace/windows';

function kindsOf(name: string, text: string): string[] {
  const syntax = syntaxOf(languageOf(name) ?? '');
  return lineKindsOf(text, lineStartsOf(text), partsOf(text, syntax), syntax);
}

const TYPESCRIPT = [
  ['import', "import { a } from './a'; // with a comment"],
  ['import', 'import {'],
  ['import', '  b,'],
  ['import', "} from './b';"],
  ['comment', '/** What it does: "quoted". */'],
  ['declaration', 'export async function f(x: number): Promise<void> {'],
  ['other', '  if (x > 1) { // not // twice'],
  ['other', '    return g(/[\'"`]/, x);'],
  ['string', "    log('a long string that is most of the line // and no comment');"],
  ['string', '    const t = `several'],
  ['string', '      lines`;'],
  ['other', '  }'],
  ['other', '}'],
  ['declaration', 'class A extends B {'],
  ['declaration', '  get size(): number {'],
  ['comment', '/* begun'],
  ['comment', '   and ended */'],
] as const;

const PYTHON = [
  ['string', '"""What the module is.'],
  ['string', ''],
  ['string', 'import nothing, in two paragraphs."""'],
  ['import', 'from a import ('],
  ['import', '    b,'],
  ['import', ')'],
  ['declaration', '    async def f(self, x="#no"):'],
  ['comment', '        # a comment'],
  ['other', "        return '# no comment'.strip() + x * y + self.z(a, b, c)"],
] as const;

const OTHERS = [
  ['a.rs', 'declaration', "pub fn longest<'a>(x: &'a str) -> &'a str {"],
  ['a.go', 'declaration', 'func (s *Server) Serve() error {'],
  ['a.c', 'import', '#include <stdio.h>'],
  ['a.cpp', 'declaration', 'std::string Name::value(const int &x) const {'],
  ['a.java', 'declaration', '  public static void main(String[] args) {'],
  ['a.java', 'other', '  for (int i = 0; i < n; i++) {'],
  ['a.rb', 'declaration', '  def size'],
  ['a.sql', 'comment', '-- what it is for'],
  ['a.lua', 'import', "local json = require('json')"],
  ['a.hs', 'comment', '{- what it is -}'],
  ['a.css', 'comment', '/* what it is */'],
  ['a.html', 'comment', '<!-- what it is -->'],
  ['a.sh', 'other', 'echo "$#" a#b and more of it'],
] as const;

describe('a line', () => {
  it.each([
    ['a.ts', TYPESCRIPT],
    ['a.py', PYTHON],
  ])('is a declaration, an import, a comment, a string or something else in %s', (name, lines) => {
    const kinds = kindsOf(name, lines.map(([, line]) => line).join('\n'));
    const told = lines.map(([, line], i) => [line === '' ? 'string' : kinds[i], line]);
    expect(told).toEqual(lines);
  });

  it.each(OTHERS)('of %s is a %s: %s', (name, kind, line) => {
    expect(kindsOf(name, line)).toEqual([kind]);
  });

  it.each([
    ['white space', ' '.repeat(300_000)],
    ['lines without an end of what they begin', `a${'()'.repeat(4900)}\n`.repeat(30)],
    ['slashes that no expression ends', `${'= /['.repeat(2400)}\n`.repeat(30)],
  ])('of much %s is known at once', (_, text) => {
    const start = process.cpuUsage();
    kindsOf('a.ts', text);
    expect(process.cpuUsage(start).user).toBeLessThan(1e6);
  });

  it('has the white space before it, what its tokens cost, which of them are new names, and the worst with what was expected, but for the first 16 of its file', () => {
    const text = `#${' -'.repeat(13)}\ndef total(a):\n    return a\n\n\ntotal(a)`;
    const beginning = ['#', ...Array<string>(13).fill(' -'), '\n', 'def'];
    const tokens = [
      ...beginning,
      ' total',
      '(',
      'a',
      '):',
      '\n   ',
      ' return',
      ' a',
      '\n\n',
      '\n',
      'total',
      '(',
      'a',
      ')',
    ];
    const starts = tokens.map((_, i) => tokens.slice(0, i).join('').length);
    const bits = [Number.NaN, ...Array<number>(15).fill(9), 8, 1, 2, 1, 3, 5, 1, 4, 2, 1, 1, 1, 1];
    const lines = lineScoresOf({
      text,
      languageId: 'python',
      tokens: {
        starts: Uint32Array.from(starts),
        ends: Uint32Array.from(starts, (start, i) => start + (tokens[i] as string).length),
      },
      scores: {
        logprob: Float32Array.from(bits, (value) => -value * Math.LN2),
        expected: Uint32Array.from(tokens.keys()),
      },
      tokenText: (id) => `token ${id}`,
    });
    const rounded = (value: number) => Math.round(value * 1000) / 1000;
    const told = lines.map(({ line, kind, tokens, bits, newNames, worst }) => ({
      line,
      kind,
      tokens,
      bits: rounded(bits),
      names: rounded(newNames.bits),
      worst: [worst.start, worst.end, worst.text, worst.expected],
    }));
    expect(told).toEqual([
      { line: 1, kind: 'declaration', tokens: 4, bits: 12, names: 10, worst: [3, 9, ' total', 'token 16'] },
      // The line break before its indentation is of the line, those behind it too.
      { line: 2, kind: 'other', tokens: 5, bits: 15, names: 0, worst: [3, 10, ' return', 'token 21'] },
      { line: 5, kind: 'other', tokens: 4, bits: 4, names: 0, worst: [0, 5, 'total', 'token 25'] },
    ]);
  });
});

it.each([
  [0, 8],
  [1, 8],
  [8, 8],
  [9, 8],
  [100, 8],
  [101, 7],
  [5000, 512],
])('scores each of %i tokens once, in windows of %i with half of one before it', (tokens, length) => {
  const windows = scoreWindows(tokens, length);
  let next = 0;
  for (const { from, to, scoredFrom } of windows) {
    expect(scoredFrom).toBe(next);
    expect(to - from).toBeLessThanOrEqual(length);
    expect(scoredFrom - from).toBe(scoredFrom === 0 ? 0 : Math.floor(length / 2));
    next = to;
  }
  expect(next).toBe(tokens);
});
