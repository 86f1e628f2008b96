import { contains, isEqual, order } from './operators';
import { TemplateError } from './template-error';
import { Text } from './text';
import { Dict, Float, Fn, isNumber, List, numberOf, Undefined, type Value } from './values';

type Test = (value: Value, other: Value) => boolean;

/** Jinja's tests: what may stand after `is`. */
export const TESTS: Record<string, Test> = {
  defined: (value) => !(value instanceof Undefined),
  undefined: (value) => value instanceof Undefined,
  none: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  true: (value) => value === true,
  false: (value) => value === false,
  integer: (value) => typeof value === 'number',
  float: (value) => value instanceof Float,
  number: isNumber,
  string: (value) => value instanceof Text,
  mapping: (value) => value instanceof Dict,
  sequence: (value) =>
    value instanceof Text || value instanceof List || value instanceof Dict || value instanceof Undefined,
  iterable: (value) =>
    value instanceof Text || value instanceof List || value instanceof Dict || value instanceof Undefined,
  callable: (value) => value instanceof Fn,
  odd: (value) => Math.abs(wholeNumber(value) % 2) === 1,
  even: (value) => wholeNumber(value) % 2 === 0,
  divisibleby: (value, other) => wholeNumber(value) % wholeNumber(other) === 0,
  lower: (value) => value instanceof Text && hasCase(value.value) && value.value === value.value.toLowerCase(),
  upper: (value) => value instanceof Text && hasCase(value.value) && value.value === value.value.toUpperCase(),
  in: (value, other) => contains(other, value),
  sameas: (value, other) => value === other || (value instanceof Text && isEqual(value, other)),
  eq: isEqual,
  ne: (value, other) => !isEqual(value, other),
  lt: (value, other) => order(value, other) < 0,
  le: (value, other) => order(value, other) <= 0,
  gt: (value, other) => order(value, other) > 0,
  ge: (value, other) => order(value, other) >= 0,
};

const OTHER_NAMES: Record<string, string> = {
  equalto: 'eq',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  lessthan: 'lt',
  '<=': 'le',
  '>': 'gt',
  greaterthan: 'gt',
  '>=': 'ge',
};

const hasCase = (value: string) => value.toLowerCase() !== value.toUpperCase();

function wholeNumber(value: Value): number {
  if (isNumber(value)) return numberOf(value);
  throw new TemplateError('tests what is no number');
}

/** @throws TemplateError where there is no such test */
export function test(name: string, value: Value, other: Value = null): boolean {
  const known = OTHER_NAMES[name] ?? name;
  const run = Object.hasOwn(TESTS, known) ? TESTS[known] : undefined;
  if (run === undefined) throw new TemplateError(`asks for a test ${name}, which Jinja does not have`);
  return run(value, other);
}
