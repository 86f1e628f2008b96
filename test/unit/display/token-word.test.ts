import { expect, it } from 'vitest';
import { lineAround, wordOf } from '../../../src/display/token-word';

/** A token of a line by its text, with the marked part of what is shown in brackets. */
function marked(of: typeof wordOf, line: string, text: string): string {
  const start = line.indexOf(text);
  const shown = of(line, { start, end: start + text.length, text, bits: 8, expected: '' });
  return `${shown.text.slice(0, shown.start)}[${shown.text.slice(shown.start, shown.end)}]${shown.text.slice(shown.end)}`;
}

it.each([
  ['the end of a name', 'stream.aiterator(x)', 'erator', 'ait[erator]'],
  ['a name of several words', 'timeout.read_timeout)', 'read', '[read]_timeout'],
  ['an operator, without the blank before it', 'return a - b', ' -', '[-]'],
  ['a letter that is not ASCII', 'año = 1', 'o', 'añ[o]'],
  ['a sign between names', 'a.b', '.', '[.]'],
  ['nothing but blanks', 'a  b', '  ', '[··]'],
  ['the middle of a very long name', 'a_very_very_long_name_of_something_else', 'name', '…y_long_[name]_of_som…'],
])('is the word that a token is a part of: %s', (_, line, token, word) => {
  expect(marked(wordOf, line, token)).toBe(word);
});

it('is a line from so near a token that it is seen', () => {
  expect(marked(lineAround, '    return a - b', ' -')).toBe('return a [-] b');
  const long = 'const found = await somebody.looksFor(everything, inAll)';
  expect(marked(lineAround, long, 'everything')).toBe('…dy.looksFor([everything], inAll)');
});
