import { isEqual } from './operators';
import { stringMethod } from './string-methods';
import { TemplateError } from './template-error';
import { Text } from './text';
import {
  charactersOf,
  Dict,
  Fn,
  fromKey,
  isNumber,
  keyOf,
  List,
  list,
  numberOf,
  Struct,
  tuple,
  Undefined,
  type Value,
} from './values';

/**
 * What stands after a dot or in brackets. After a dot a method comes before an entry of the same name, in brackets an entry
 * before a method: Jinja's `getattr` and `getitem`.
 */
export function memberOf(object: Value, key: Value, isComputed: boolean): Value {
  if (object instanceof Undefined) throw new TemplateError(`asks for a part of ${object.name}, which is not there`);
  const name = key instanceof Text ? key.value : undefined;
  const ways = [() => (name === undefined ? undefined : attributeOf(object, name)), () => itemOf(object, key)];
  for (const way of isComputed ? ways.reverse() : ways) {
    const value = way();
    if (value !== undefined) return value;
  }
  return new Undefined(name ?? `${describe(key)} of a list`);
}

const isKey = (value: Value) => value === null || value instanceof Text || isNumber(value);

const describe = (key: Value) => (isNumber(key) ? numberOf(key) : 'a part');

function itemOf(object: Value, key: Value): Value | undefined {
  if (object instanceof Dict) return isKey(key) ? object.entries.get(keyOf(key)) : undefined;
  if (typeof key !== 'number') return undefined;
  if (object instanceof List) return object.items.at(key);
  return object instanceof Text ? charactersOf(object).at(key) : undefined;
}

function attributeOf(object: Value, name: string): Value | undefined {
  if (object instanceof Struct) return object.entries.get(name);
  if (object instanceof Text) {
    const call = stringMethod(object, name);
    return call && new Fn(name, call);
  }
  if (object instanceof Dict) return dictMethod(object, name);
  return object instanceof List ? listMethod(object, name) : undefined;
}

/* Methods that change their object, which the sandbox of chat templates refuses. */
const CHANGING_LIST = ['append', 'extend', 'insert', 'pop', 'remove', 'reverse', 'sort', 'clear'];
const CHANGING_DICT = ['pop', 'clear', 'update', 'setdefault', 'popitem'];

function refused(name: string): Fn {
  return new Fn(name, () => {
    throw new TemplateError(`changes what it was given by ${name}, which chat templates may not`);
  });
}

function dictMethod({ entries, message }: Dict, name: string): Fn | undefined {
  switch (name) {
    case 'get':
      return new Fn(name, ([key = null, otherwise = null]) => {
        const value = entries.get(keyOf(key));
        return value === undefined ? otherwise : value;
      });
    case 'items':
      return new Fn(name, () => list(itemsOfDict(entries)));
    case 'keys':
      return new Fn(name, () => list([...entries.keys()].map(fromKey)));
    case 'values':
      return new Fn(name, () => list([...entries.values()]));
    case 'copy':
      return new Fn(name, () => new Dict(new Map(entries), message));
    default:
      return CHANGING_DICT.includes(name) ? refused(name) : undefined;
  }
}

export const itemsOfDict = (entries: Dict['entries']): List[] =>
  [...entries].map(([key, value]) => tuple([fromKey(key), value]));

function listMethod({ items }: List, name: string): Fn | undefined {
  const equals =
    (value: Value = null) =>
    (item: Value) =>
      isEqual(item, value);
  switch (name) {
    case 'index':
      return new Fn(name, ([value]) => {
        const at = items.findIndex(equals(value));
        if (at < 0) throw new TemplateError('looks for what is not in a list');
        return at;
      });
    case 'count':
      return new Fn(name, ([value]) => items.filter(equals(value)).length);
    case 'copy':
      return new Fn(name, () => list(items));
    default:
      return CHANGING_LIST.includes(name) ? refused(name) : undefined;
  }
}
