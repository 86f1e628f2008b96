import { type Sentence, sentence } from '../../shared/errors';
import { BATCH } from '../../tokenizer/batch';
import { shownName } from '../checkpoint/shown-name';
import { JsonCursor } from './json-cursor';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** Has no prototype: a file may call a field `__proto__`. */
export interface JsonObject {
  [name: string]: JsonValue;
}

/** A tokenizer's rules nest seven deep. */
const DEEPEST = 32;
/** Twice the values of the largest vocabulary. More would take gigabytes once they are in memory. */
const MOST_VALUES = 2 ** 22;

/** An object or a list whose end has not been read. */
interface Open {
  container: JsonObject | JsonValue[];
  /** Of an object's field that comes next. */
  name: string;
}

/**
 * The value of a JSON text that nobody vouches for: `JSON.parse` cannot pause, follows any nesting until memory is full, and
 * takes the last of two fields with one name. Pauses at every yield.
 *
 * @param refuse makes the error for a text that is no JSON, nests too deep, is too large, or names a field twice
 */
export function* parseJson(text: string, refuse: (reason: Sentence) => Error): Generator<undefined, JsonValue> {
  const cursor = new JsonCursor(text, refuse);
  const open: Open[] = [];
  for (let values = 1; ; values++) {
    if (values % BATCH === 0) yield;
    if (values > MOST_VALUES) throw refuse(sentence`it holds more than ${MOST_VALUES} values`);
    const opened = openContainer(cursor);
    if (opened === undefined || isEmpty(cursor, opened)) {
      const done = closeContainers(cursor, open, opened ?? cursor.scalar());
      if (done !== undefined) return done;
    } else {
      if (open.length === DEEPEST) throw refuse(sentence`it nests more than ${DEEPEST} deep`);
      open.push({ container: opened, name: nextName(cursor, opened) });
    }
  }
}

function openContainer(cursor: JsonCursor): Open['container'] | undefined {
  if (cursor.take('[')) return [];
  return cursor.take('{') ? Object.create(null) : undefined;
}

const endOf = (container: Open['container']) => (Array.isArray(container) ? ']' : '}');
const isEmpty = (cursor: JsonCursor, container: Open['container']) => cursor.take(endOf(container));

function nextName(cursor: JsonCursor, container: Open['container']): string {
  if (Array.isArray(container)) return '';
  const name = cursor.string();
  if (Object.hasOwn(container, name)) throw cursor.refuse(sentence`it has the field ${shownName(name)} twice`);
  cursor.expect(':');
  return name;
}

/** Puts a value where it belongs, and what it completes too. @returns the whole, where it is complete */
function closeContainers(cursor: JsonCursor, open: Open[], value: JsonValue): JsonValue | undefined {
  for (let last = value; ; ) {
    const parent = open.at(-1);
    if (parent === undefined) {
      cursor.end();
      return last;
    }
    if (Array.isArray(parent.container)) parent.container.push(last);
    else parent.container[parent.name] = last;
    if (cursor.take(',')) {
      parent.name = nextName(cursor, parent.container);
      return undefined;
    }
    cursor.expect(endOf(parent.container));
    open.pop();
    last = parent.container;
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
