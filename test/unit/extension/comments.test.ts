import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CommentMarks, commentMarks, commentSpans } from '../../../src/extension/decorations/comment-spans';

const C: CommentMarks = { line: '//', block: ['/*', '*/'] };
const PYTHON: CommentMarks = { line: '#', block: ['"""', '"""'] };
const HTML: CommentMarks = { line: undefined, block: ['<!--', '-->'] };

it.each([
  ['a line', C, 'a = 1; // why\nb', ['// why']],
  ['a block over lines', C, 'a /* one\ntwo */ b', ['/* one\ntwo */']],
  ['a block that is not closed', C, 'a /* one', ['/* one']],
  ['a mark in quotes', C, 'fetch("http://x") // it', ['// it']],
  ['a quote that is escaped', C, String.raw`a("\"//") // it`, ['// it']],
  ['an apostrophe', C, "don't() // it", ['// it']],
  ['a mark in a comment', C, '// one /* two\nb */', ['// one /* two']],
  ['a hash in quotes', PYTHON, "x = '#1' # it", ['# it']],
  ['a docstring', PYTHON, 'def f():\n  """It is."""\n  return 1', ['"""It is."""']],
  ['markup', HTML, "<p>it's <!-- not --> there</p>", ['<!-- not -->']],
])('finds comments: %s', (_, marks, text, comments) => {
  expect(commentSpans(text, marks).map(({ start, end }) => text.slice(start, end))).toEqual(comments);
});

it('tells spans of the text, in order and apart, of whatever stands there', () => {
  const text = fc.array(fc.constantFrom('//', '/*', '*/', '"', "'", '`', '"""', '\\', '\n', 'a', ' '), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(text, (parts) => {
      let before = 0;
      for (const { start, end } of commentSpans(parts.join(''), C)) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(parts.join('').length);
        before = end;
      }
    }),
  );
});

it('reads the marks from the forms that language configurations have', () => {
  const plain = '{ // of a language\n "comments": { "lineComment": "//", "blockComment": [ "/*", "*/" ] } }';
  expect(commentMarks(plain)).toEqual(C);
  expect(commentMarks('{"comments":{"lineComment":{"comment":"#","noIndent":true}}}')).toEqual({ line: '#' });
  expect(commentMarks(JSON.stringify({ comments: { lineComment: '#', blockComment: ['"""', '"""'] } }))).toEqual(
    PYTHON,
  );
  expect(commentMarks(readFileSync('package.json', 'utf8'))).toEqual({});
});
