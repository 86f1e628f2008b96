import { TemplateError } from './template-error';
import { Text } from './text';

/* What a template computes with, as Python has it. Whole numbers are numbers; None is null. */

export type Value = null | boolean | number | Float | Text | List | Dict | Struct | Undefined | Fn;

export type Key = string | number | boolean | null;

export type Keywords = Map<string, Value>;

export class Float {
  constructor(readonly value: number) {}
}

export class List {
  constructor(
    readonly items: readonly Value[],
    readonly isTuple = false,
  ) {}
}

export class Dict {
  constructor(
    readonly entries: Map<Key, Value>,
    /** Of a message, which it is, counted from 0. */
    readonly message?: number | undefined,
  ) {}
}

/** What has attributes: a namespace, which may be written, or a loop. */
export class Struct {
  constructor(
    readonly entries: Map<string, Value>,
    readonly kind: 'namespace' | 'loop',
  ) {}
}

export class Undefined {
  readonly kind = 'undefined';

  constructor(readonly name: string) {}
}

export class Fn {
  constructor(
    readonly name: string,
    readonly call: (args: Value[], keywords: Keywords) => Value,
  ) {}
}

export const text = (value: string): Text => new Text(value);

export const list = (items: readonly Value[]): List => new List(items);

export const tuple = (items: readonly Value[]): List => new List(items, true);

export const isNumber = (value: Value): value is number | Float | boolean =>
  typeof value === 'number' || typeof value === 'boolean' || value instanceof Float;

export const numberOf = (value: number | Float | boolean): number =>
  value instanceof Float ? value.value : Number(value);

/** A value from outside, where only JSON comes from. A text may carry its marks already. */
export function fromJson(value: unknown, textOf: (value: string) => Text = text): Value {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  if (typeof value === 'number') return Number.isInteger(value) ? value : new Float(value);
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return list(value.map((item) => fromJson(item, textOf)));
  const entries = Object.entries(value).map(([key, item]): [Key, Value] => [key, fromJson(item, textOf)]);
  return new Dict(new Map(entries));
}

export function isTrue(value: Value): boolean {
  if (value === null || value instanceof Undefined) return false;
  if (isNumber(value)) return numberOf(value) !== 0;
  if (value instanceof Text) return value.value !== '';
  if (value instanceof List) return value.items.length > 0;
  return value instanceof Dict ? value.entries.size > 0 : true;
}

/** What Python calls the type of a value. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'int';
  if (value instanceof Float) return 'float';
  if (value instanceof Text) return 'str';
  if (value instanceof List) return value.isTuple ? 'tuple' : 'list';
  if (value instanceof Dict) return 'dict';
  if (value instanceof Fn) return 'function';
  return value instanceof Struct ? value.kind : 'Undefined';
}

/** What a loop goes over. @throws TemplateError where it is nothing of the kind */
export function itemsOf(value: Value): readonly Value[] {
  if (value instanceof List) return value.items;
  if (value instanceof Undefined) return [];
  if (value instanceof Dict) return [...value.entries.keys()].map(fromKey);
  if (value instanceof Text) return charactersOf(value);
  throw new TemplateError(`goes over what is no list: ${typeName(value)}`);
}

/** Each code point for itself. */
export function charactersOf(value: Text): Text[] {
  let at = 0;
  return Array.from(value.value, (char) => {
    const piece = value.slice(at, at + char.length);
    at += char.length;
    return piece;
  });
}

export const fromKey = (key: Key): Value => (typeof key === 'string' ? text(key) : key);

export function keyOf(value: Value): Key {
  if (value instanceof Text) return value.value;
  if (value instanceof Float) return value.value;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TemplateError(`takes a ${typeName(value)} for a key`);
}

/** A value that must be defined. @throws TemplateError that names it */
export function defined(value: Value): Exclude<Value, Undefined> {
  if (value instanceof Undefined) throw new TemplateError(`uses ${value.name}, which is not there`);
  return value;
}
