import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type CommentMarks, commentMarks, syntaxOfMarks } from '../../../src/extension/decorations/comment-marks';
import { commentsOf } from '../../../src/workspace/lines/parts';

const C: CommentMarks = { line: '//', block: ['/*', '*/'] };
const HASH: CommentMarks = { line: '#', block: undefined };
const MARKUP: CommentMarks = { line: undefined, block: ['<!--', '-->'] };
const LUA: CommentMarks = { line: '--', block: ['--[[', ']]'] };

it.each([
  ['a line', C, 'a = 1; // why\nb', ['// why']],
  ['a block over lines', C, 'a /* one\ntwo */ b', ['/* one\ntwo */']],
  ['a block that is not closed', C, 'a /* one', ['/* one']],
  ['a mark in quotes', C, 'fetch("http://x") // it', ['// it']],
  ['a quote that is escaped', C, String.raw`a("\"//") // it`, ['// it']],
  ['an apostrophe', HASH, "a: don't # it", ['# it']],
  ['a mark in a comment', C, '// one /* two\nb */', ['// one /* two']],
  ['a hash in quotes', HASH, "x = '#1' # it", ['# it']],
  ['a text over lines', HASH, 'a = """\n# 1\n""" # it', ['# it']],
  ['markup', MARKUP, "<p>it's <!-- not --> there</p>", ['<!-- not -->']],
  ['a language without any', { line: undefined, block: undefined }, 'a // b', []],
  ['marks that mean something in expressions', LUA, 'a --[[ b ]] c', ['--[[ b ]]']],
])('finds comments by marks: %s', (_, marks, text, comments) => {
  expect(commentsOf(text, syntaxOfMarks(marks)).map(({ start, end }) => text.slice(start, end))).toEqual(comments);
});

it('reads the marks from the forms that language configurations have', () => {
  const plain = '{ // of a language\n "comments": { "lineComment": "//", "blockComment": [ "/*", "*/" ] } }';
  expect(commentMarks(plain)).toEqual(C);
  expect(commentMarks('{"comments":{"lineComment":{"comment":"#","noIndent":true}}}')).toEqual({ line: '#' });
  expect(commentMarks(JSON.stringify({ comments: { blockComment: ['<!--', '-->'] } }))).toEqual(MARKUP);
  expect(commentMarks(readFileSync('package.json', 'utf8'))).toEqual({});
});
