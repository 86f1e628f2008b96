import { textOf } from './python-text';
import { TemplateError } from './template-error';
import { add, concat, Text } from './text';
import { Dict, defined, Float, isNumber, keyOf, List, numberOf, text, typeName, Undefined, type Value } from './values';

/** As many times as a text or a list may be repeated, and elements that a list may have. */
const MOST = 1_000_000;

export function isEqual(a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return numberOf(a) === numberOf(b);
  if (a instanceof Text && b instanceof Text) return a.value === b.value;
  if (a instanceof List && b instanceof List) {
    return (
      a.isTuple === b.isTuple &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => isEqual(item, b.items[i] as Value))
    );
  }
  if (a instanceof Dict && b instanceof Dict) {
    const isSame = ([key, item]: [unknown, Value]) => {
      const other = b.entries.get(key as string);
      return other !== undefined && isEqual(item, other);
    };
    return a.entries.size === b.entries.size && [...a.entries].every(isSame);
  }
  return a === b || (a instanceof Undefined && b instanceof Undefined);
}

/** Below 0 where `a` comes before `b`. @throws TemplateError where Python has no order for them */
export function order(a: Value, b: Value): number {
  if (isNumber(a) && isNumber(b)) return numberOf(a) - numberOf(b);
  if (a instanceof Text && b instanceof Text) return byCodePoint(a.value, b.value);
  if (a instanceof List && b instanceof List) {
    const differing = a.items.findIndex((item, i) => i >= b.items.length || !isEqual(item, b.items[i] as Value));
    if (differing < 0) return a.items.length - b.items.length;
    return differing >= b.items.length ? 1 : order(a.items[differing] as Value, b.items[differing] as Value);
  }
  throw new TemplateError(`compares ${typeName(defined(a))} with ${typeName(defined(b))}`);
}

/** UTF-16 puts what lies beyond its first plane before the last of it. */
function byCodePoint(a: string, b: string): number {
  const [one, other] = [Array.from(a), Array.from(b)];
  const at = one.findIndex((char, i) => char !== other[i]);
  if (at < 0) return one.length - other.length;
  return at >= other.length ? 1 : (one[at]?.codePointAt(0) as number) - (other[at]?.codePointAt(0) as number);
}

export function contains(container: Value, value: Value): boolean {
  if (container instanceof Undefined) return false;
  if (container instanceof List) return container.items.some((item) => isEqual(item, value));
  if (container instanceof Dict) return container.entries.has(keyOf(defined(value)));
  if (container instanceof Text && value instanceof Text) return container.value.includes(value.value);
  throw new TemplateError(`looks for ${typeName(value)} in ${typeName(container)}`);
}

/** Other than `and` and `or`, which need not have their second operand. */
export function operate(operator: string, a: Value, b: Value): Value {
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case '<':
      return order(a, b) < 0;
    case '>':
      return order(a, b) > 0;
    case '<=':
      return order(a, b) <= 0;
    case '>=':
      return order(a, b) >= 0;
    case 'in':
      return contains(b, a);
    case 'not in':
      return !contains(b, a);
    case '~':
      return concat([textOf(a), textOf(b)]);
    default:
      return arithmetic(operator, defined(a), defined(b));
  }
}

function arithmetic(operator: string, a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return calculate(operator, a, b);
  if (operator === '+') {
    if (a instanceof Text && b instanceof Text) return add(a, b);
    if (a instanceof List && b instanceof List && a.isTuple === b.isTuple)
      return bounded([...a.items, ...b.items], a.isTuple);
  }
  if (operator === '*') {
    const [sequence, times] = typeof a === 'number' ? [b, a] : [a, b];
    if (typeof times === 'number' && (sequence instanceof Text || sequence instanceof List))
      return repeat(sequence, times);
  }
  if (operator === '+' && (a instanceof Text || b instanceof Text)) {
    throw new TemplateError(`joins a text to ${typeName(a instanceof Text ? b : a)}, which is none`);
  }
  throw new TemplateError(`computes ${typeName(a)} ${operator} ${typeName(b)}`);
}

function bounded(items: Value[], isTuple: boolean): List {
  if (items.length > MOST) throw new TemplateError('makes a list that has no end');
  return new List(items, isTuple);
}

function repeat(sequence: Text | List, times: number): Value {
  const count = Math.max(0, times);
  if (sequence instanceof Text) {
    if (count * sequence.length > MOST) throw new TemplateError('makes a text that has no end');
    return count === 0 ? text('') : concat(new Array<Text>(count).fill(sequence));
  }
  if (count * sequence.items.length > MOST) throw new TemplateError('makes a list that has no end');
  return new List(new Array<readonly Value[]>(count).fill(sequence.items).flat(), sequence.isTuple);
}

function calculate(operator: string, one: number | Float | boolean, other: number | Float | boolean): Value {
  const [a, b] = [numberOf(one), numberOf(other)];
  if (b === 0 && ['/', '//', '%'].includes(operator)) throw new TemplateError('divides by zero');
  const isFloat = one instanceof Float || other instanceof Float || operator === '/' || (operator === '**' && b < 0);
  const result = CALCULATIONS[operator]?.(a, b);
  if (result === undefined) throw new TemplateError(`computes with ${operator}`);
  if (!isFloat && !Number.isFinite(result)) throw new TemplateError('makes a number that has no end');
  return isFloat ? new Float(result) : result;
}

const CALCULATIONS: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a - Math.floor(a / b) * b,
  '**': (a, b) => a ** b,
};
