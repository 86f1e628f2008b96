import { expect, it } from 'vitest';
import { inkOf } from '../../../src/display/token-ink';

/** Places as `ChangedLineToken` has them: in the line of the first letter. */
it.each([
  ['a blank before a word', ' value', 4, 10, 'value'],
  ['a line break and an indentation', '\n    value', 0, 9, 'value'],
  ['an indentation after an empty line', '\n\n  value', 0, 7, 'value'],
  ['a line break after it', 'value)\n', 4, 11, 'value)'],
  ['no blanks', 'value', 4, 9, 'value'],
  ['nothing but an indentation', '    ', 0, 4, '    '],
])('is what can be seen of a token: %s', (_, text, start, end, seen) => {
  const line =
    ' '.repeat(Math.max(0, start)) + text.slice(text.trim() ? text.lastIndexOf('\n', text.search(/\S/)) + 1 : 0);
  const ink = inkOf({ text, start, end });
  expect(line.slice(ink.start, ink.end)).toBe(seen);
});
