import { safeText } from '../display/glyphs';
import { formatCount } from '../display/numbers';
import type { LeftOut } from '../shared/workspace-api';
import { wrapList } from './terminal/width';

/** Why files are not read, in words. */
export const LEFT_OUT: Record<LeftOut, string> = {
  ignored: 'ignored by Git',
  generated: 'generated',
  vendored: "others' code",
  minified: 'minified',
  binary: 'binary',
  tooLarge: 'over 1 MB',
  notCode: 'no code',
  empty: 'empty',
  unreadable: 'not readable as UTF-8',
};

/** How many files or folders were left out, by why, with the first of each. */
export function leftOutLines<Why extends string>(
  leftOut: Iterable<readonly [path: string, why: Why]>,
  words: Record<Why, string>,
  width: number,
): string[] {
  const paths = new Map<Why, string[]>();
  for (const [path, why] of leftOut) {
    const known = paths.get(why);
    if (known) known.push(path);
    else paths.set(why, [path]);
  }
  const phrases = Array.from(paths, ([why, [first = '', ...others]]) => {
    const count = formatCount(others.length + 1);
    return `${count} ${words[why]} (${safeText(first)}${others.length > 0 ? ' …' : ''})`;
  });
  return phrases.length === 0 ? [] : wrapList([`Left out: ${phrases[0]}`, ...phrases.slice(1)], width);
}
