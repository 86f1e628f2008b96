import { textOf } from './python-text';
import { TemplateError } from './template-error';
import { concat, type Text } from './text';
import { type Keywords, text, type Value } from './values';

const FIELD = /\{\{|\}\}|\{(\w*)\}/g;

/** Python's `str.format`, of fields that name an argument and no way to write it. */
export function format(self: Text, args: readonly Value[], keywords: Keywords): Text {
  const pieces: Text[] = [];
  let at = 0;
  let next = 0;
  for (const match of self.value.matchAll(FIELD)) {
    const [whole, name] = match;
    const value =
      name === undefined
        ? text(whole[0] as string)
        : name === ''
          ? args[next++]
          : (keywords.get(name) ?? args[Number(name)]);
    if (value === undefined) throw new TemplateError(`formats a text without a value for ${whole}`);
    pieces.push(self.slice(at, match.index), textOf(value));
    at = match.index + whole.length;
  }
  return concat([...pieces, self.slice(at)]);
}
