import { SPACE } from './python-space';
import type { Text } from './text';

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
