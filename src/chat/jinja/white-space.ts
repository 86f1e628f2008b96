import type { Text } from './text';

/** What Python's `str.isspace` takes for white space, for a class of a regular expression. JavaScript's differs in six. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** What ends a line for Python's `str.splitlines`, as the source of a regular expression. */
export const LINE_END = '\\r\\n|[\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029]';

type Side = 'left' | 'right' | 'both';

const IS_SPACE = new RegExp(`[${SPACE}]`);

/** Without the characters of a set at its ends; by default without white space. */
export function strip(value: Text, side: Side, characters?: string): Text {
  const set = characters === undefined ? undefined : new Set(Array.from(characters));
  const isTaken = (char: string) => (set ? set.has(char) : IS_SPACE.test(char));
  const chars = Array.from(value.value);
  let start = 0;
  let end = value.length;
  let first = 0;
  if (side !== 'right') {
    while (first < chars.length && isTaken(chars[first] as string)) start += (chars[first++] as string).length;
  }
  if (side !== 'left') {
    for (let last = chars.length; last > first && isTaken(chars[last - 1] as string); last--) {
      end -= (chars[last - 1] as string).length;
    }
  }
  return value.slice(start, end);
}
