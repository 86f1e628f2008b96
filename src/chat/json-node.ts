import type { Node } from 'jsonc-parser';
import type { SourcedText } from './text-source';

/** A property's value; where it stands twice, the last one, as JSON.parse has it. */
export function propertyOf(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.findLast((property) => property.children?.[0]?.value === name)?.children?.[1];
}

/** The elements of a list; undefined where a value is none. */
export function listOf(node: Node | undefined): readonly Node[] | undefined {
  return node?.type === 'array' ? (node.children ?? []) : undefined;
}

/** What a string says; undefined where a value is none. */
export function stringOf(node: Node | undefined): string | undefined {
  return node?.type === 'string' ? (node.value as string) : undefined;
}

/** The value that JSON.parse would make. Names such as `__proto__` are names like others. */
export function plainValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue);
  if (node.type === 'object') return Object.fromEntries(fieldsOf(node));
  return node.value;
}

/** Names and values of an object; of one that is cut off, those that have a value. */
export function fieldsOf(node: Node): [string, unknown][] {
  return (node.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name && value ? [[name.value as string, plainValue(value)]] : [],
  );
}

/** An escape that stands for a unit, and one that the parser has left out because it stands for none. */
const ESCAPE = /\\(?:u[\da-f]{4}|["\\/bfnrt])/iy;
const NO_ESCAPE = /\\(?:u[\da-f]{0,3}|[\s\S])/iy;

/**
 * The text of a string, and where its units stand: of an escape from its backslash to its end. `\ud83d\ude00` is two
 * escapes and two units, of one character.
 *
 * @param json the text in which the string's node was found, which stands at an offset of the document
 */
export function sourcedString(json: string, { offset, value }: Node, base: number): SourcedText {
  const text = value as string;
  const starts = new Uint32Array(text.length);
  const ends = new Uint32Array(text.length);
  let at = offset + 1;
  for (let unit = 0; unit < text.length; unit++) {
    while (json[at] === '\\' && lengthOf(ESCAPE, json, at) === 0) at += lengthOf(NO_ESCAPE, json, at);
    starts[unit] = base + at;
    at += json[at] === '\\' ? lengthOf(ESCAPE, json, at) : 1;
    ends[unit] = base + at;
  }
  return { text, source: { starts, ends } };
}

/** How long a sticky expression's match is at a place; 0 where it matches nothing. */
function lengthOf(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex - at : 0;
}
