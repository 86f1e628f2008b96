import { Arguments } from './arguments';
import { itemsOfDict, memberOf } from './members';
import { isEqual, operate, order } from './operators';
import { textOf } from './python-text';
import { TemplateError } from './template-error';
import { test } from './tests';
import { join, Text } from './text';
import { Dict, isTrue, itemsOf, type Keywords, list, text, tuple, Undefined, type Value } from './values';

type Filter = (name: string, value: Value, args: readonly Value[], keywords: Keywords) => Value;

/** `filter` is that of all of them: `map` calls others by name. */
type ListFilter = (value: Value, args: readonly Value[], keywords: Keywords, filter: Filter) => Value;

/** Jinja's filters of lists. */
export const LIST_FILTERS: Record<string, ListFilter> = {
  list: (value) => list(itemsOf(value)),
  first: (value) => or(itemsOf(value)[0], 'the first of no items'),
  last: (value) => or(itemsOf(value).at(-1), 'the last of no items'),
  reverse: (value) => (value instanceof Text ? reversed(value) : list([...itemsOf(value)].reverse())),
  items: (value) => list(value instanceof Dict ? itemsOfDict(value.entries) : onlyUndefined(value)),
  join: (value, args, keywords) => {
    const asked = new Arguments('join', ['d', 'attribute'], args, keywords);
    return join(attributes(itemsOf(value), asked).map(textOf), textOf(asked.value('d', text(''))));
  },
  sort: (value, args, keywords) => {
    const asked = new Arguments('sort', ['reverse', 'case_sensitive', 'attribute'], args, keywords);
    return list(sorted(itemsOf(value), asked, (item) => attribute(item, asked)));
  },
  dictsort: (value, args, keywords) => {
    const asked = new Arguments('dictsort', ['case_sensitive', 'by', 'reverse'], args, keywords);
    const part = asked.text('by')?.value === 'value' ? 1 : 0;
    const pairs = value instanceof Dict ? itemsOfDict(value.entries) : [];
    return list(sorted(pairs, asked, (pair) => itemsOf(pair)[part] as Value));
  },
  unique: (value, args, keywords) => {
    const asked = new Arguments('unique', ['case_sensitive', 'attribute'], args, keywords);
    const keys: Value[] = [];
    const isNew = (item: Value) => {
      const key = comparable(attribute(item, asked), asked);
      return !keys.some((known) => isEqual(known, key)) && keys.push(key) > 0;
    };
    return list(itemsOf(value).filter(isNew));
  },
  min: (value, args, keywords) =>
    extreme(value, new Arguments('min', ['case_sensitive', 'attribute'], args, keywords), 0),
  max: (value, args, keywords) =>
    extreme(value, new Arguments('max', ['case_sensitive', 'attribute'], args, keywords), -1),
  sum: (value, args, keywords) => {
    const asked = new Arguments('sum', ['attribute', 'start'], args, keywords);
    return attributes(itemsOf(value), asked).reduce((sum, item) => operate('+', sum, item), asked.value('start', 0));
  },
  batch: (value, args, keywords) => {
    const size = new Arguments('batch', ['linecount'], args, keywords).integer('linecount', 1);
    const items = itemsOf(value);
    return list(
      Array.from({ length: Math.ceil(items.length / size) }, (_, i) => list(items.slice(i * size, (i + 1) * size))),
    );
  },
  groupby: (value, args, keywords) => {
    const asked = new Arguments('groupby', ['attribute', 'default', 'case_sensitive'], args, keywords);
    const groups: { key: Value; items: Value[] }[] = [];
    for (const item of sorted(itemsOf(value), asked, (one) => attribute(one, asked))) {
      const key = attribute(item, asked);
      const group = groups.find((known) => isEqual(comparable(known.key, asked), comparable(key, asked)));
      if (group) group.items.push(item);
      else groups.push({ key, items: [item] });
    }
    return list(groups.map(({ key, items }) => tuple([key, list(items)])));
  },
  map: (value, args, keywords, filter) => {
    if (keywords.has('attribute')) {
      return list(attributes(anyOf(value), new Arguments('map', ['attribute', 'default'], args, keywords)));
    }
    const [name, ...rest] = args;
    return list(anyOf(value).map((item) => filter(textOf(name ?? null).value, item, rest, keywords)));
  },
  select: (value, args) => list(anyOf(value).filter((item) => passes(item, args))),
  reject: (value, args) => list(anyOf(value).filter((item) => !passes(item, args))),
  selectattr: (value, [name = null, ...rest]) =>
    list(anyOf(value).filter((item) => passes(at(item, textOf(name).value), rest))),
  rejectattr: (value, [name = null, ...rest]) =>
    list(anyOf(value).filter((item) => !passes(at(item, textOf(name).value), rest))),
};

const or = (value: Value | undefined, name: string): Value => (value === undefined ? new Undefined(name) : value);

/** For filters that take None and 0 for no items. */
const anyOf = (value: Value): readonly Value[] => (isTrue(value) ? itemsOf(value) : []);

function passes(value: Value, [name, other]: readonly Value[]): boolean {
  return name === undefined ? isTrue(value) : test(textOf(name).value, value, other);
}

/** A part of a part, by a path with dots, in which numbers are places. */
function at(item: Value, path: string): Value {
  const parts = path.split('.');
  return parts.reduce(
    (value: Value, part) => memberOf(value, /^\d+$/.test(part) ? Number(part) : text(part), true),
    item,
  );
}

function attribute(item: Value, asked: Arguments): Value {
  const path = asked.value('attribute', null);
  if (path === null) return item;
  const value = typeof path === 'number' ? memberOf(item, path, true) : at(item, textOf(path).value);
  return value instanceof Undefined ? asked.value('default', value) : value;
}

const attributes = (items: readonly Value[], asked: Arguments) => items.map((item) => attribute(item, asked));

/** Texts in small letters, where capitals do not count. */
function comparable(value: Value, asked: Arguments): Value {
  return value instanceof Text && !asked.flag('case_sensitive', false) ? text(value.value.toLowerCase()) : value;
}

function sorted<T extends Value>(items: readonly T[], asked: Arguments, keyOf: (item: T) => Value): T[] {
  const sign = asked.flag('reverse', false) ? -1 : 1;
  return [...items].sort((a, b) => sign * order(comparable(keyOf(a), asked), comparable(keyOf(b), asked)));
}

function extreme(value: Value, asked: Arguments, place: 0 | -1): Value {
  const items = sorted(itemsOf(value), asked, (item) => attribute(item, asked));
  return or(items.at(place), 'the least or greatest of no items');
}

const reversed = (value: Text) => value.replaced(Array.from(value.value).reverse().join(''));

function onlyUndefined(value: Value): Value[] {
  if (value instanceof Undefined) return [];
  throw new TemplateError('asks for the items of what is no mapping');
}
