import { TEST_FILTER } from './compile';
import { filter } from './filters';
import { memberOf } from './members';
import type { Call, Filter, Member, Node, Slice } from './nodes';
import { operate } from './operators';
import type { Scope } from './scope';
import { TemplateError } from './template-error';
import { test } from './tests';
import { concat, Text } from './text';
import {
  charactersOf,
  Dict,
  defined,
  Float,
  Fn,
  isNumber,
  isTrue,
  itemsOf,
  type Key,
  type Keywords,
  keyOf,
  List,
  list,
  numberOf,
  text,
  tuple,
  typeName,
  Undefined,
  type Value,
} from './values';

/** The value of an expression. */
export function evaluate(node: Node, scope: Scope): Value {
  switch (node.type) {
    case 'Identifier':
      return scope.get(node.value);
    case 'StringLiteral':
      return text(node.value);
    case 'IntegerLiteral':
      return node.value;
    case 'FloatLiteral':
      return new Float(node.value);
    case 'ArrayLiteral':
      return list(node.value.map((item) => evaluate(item, scope)));
    case 'TupleLiteral':
      return tuple(node.value.map((item) => evaluate(item, scope)));
    case 'ObjectLiteral':
      return new Dict(
        new Map(
          [...node.value].map(([key, item]): [Key, Value] => [keyOf(evaluate(key, scope)), evaluate(item, scope)]),
        ),
      );
    case 'CallExpression':
      return call(evaluate(node.callee, scope), node, scope);
    case 'MemberExpression':
      return member(node, scope);
    case 'UnaryExpression':
      return unary(node.operator.value, evaluate(node.argument, scope));
    case 'BinaryExpression':
      return binary(node.operator.value, node.left, node.right, scope);
    case 'FilterExpression':
      return applyFilter(evaluate(node.operand, scope), node.filter, scope);
    case 'TestExpression':
      return test(node.test.value, evaluate(node.operand, scope)) !== node.negate;
    case 'SelectExpression':
      return isTrue(evaluate(node.test, scope)) ? evaluate(node.lhs, scope) : new Undefined('what no else gives');
    case 'Ternary':
      return evaluate(isTrue(evaluate(node.condition, scope)) ? node.trueExpr : node.falseExpr, scope);
    default:
      throw new TemplateError(`has a ${node.type} where a value should stand`);
  }
}

/** @param more arguments that the call itself does not name */
export function call(callee: Value, { args }: Call, scope: Scope, more: Keywords = new Map()): Value {
  const { positional, keywords } = argumentsOf(args, scope);
  if (!(callee instanceof Fn)) throw new TemplateError(`calls ${described(callee)}`);
  return callee.call(positional, new Map([...keywords, ...more]));
}

const described = (value: Value) =>
  value instanceof Undefined ? `${value.name}, which is not there` : `${typeName(value)}, which is no function`;

function argumentsOf(nodes: readonly Node[], scope: Scope): { positional: Value[]; keywords: Keywords } {
  const positional: Value[] = [];
  const keywords: Keywords = new Map();
  for (const node of nodes) {
    if (node.type === 'KeywordArgumentExpression') {
      keywords.set(node.key.value, evaluate(node.value, scope));
    } else if (node.type === 'KeywordSpreadExpression') {
      const spread = evaluate(node.argument, scope);
      if (!(spread instanceof Dict)) throw new TemplateError('spreads what is no mapping');
      for (const [key, value] of spread.entries) keywords.set(String(key), value);
    } else if (node.type === 'SpreadExpression') {
      positional.push(...itemsOf(evaluate(node.argument, scope)));
    } else {
      positional.push(evaluate(node, scope));
    }
  }
  return { positional, keywords };
}

export function applyFilter(value: Value, node: Filter, scope: Scope): Value {
  if (node.type === 'Identifier') return filter(node.value, value, [], new Map());
  const name = node.callee.type === 'Identifier' ? node.callee.value : '';
  const { positional, keywords } = argumentsOf(node.args, scope);
  if (!name.startsWith(TEST_FILTER)) return filter(name, value, positional, keywords);
  const asked = name.slice(TEST_FILTER.length);
  const isNegated = asked.startsWith('!');
  return test(isNegated ? asked.slice(1) : asked, value, positional[0]) !== isNegated;
}

function member({ object, property, computed }: Member, scope: Scope): Value {
  const value = evaluate(object, scope);
  if (property.type === 'SliceExpression') return slice(defined(value), property, scope);
  const key = computed
    ? evaluate(property, scope)
    : property.type === 'Identifier'
      ? text(property.value)
      : evaluate(property, scope);
  return memberOf(value, key, computed);
}

function slice(value: Value, { start, stop, step }: Slice, scope: Scope): Value {
  const items = value instanceof Text ? charactersOf(value) : itemsOf(value);
  const bound = (node: Node | undefined) => {
    const given = node === undefined ? null : evaluate(node, scope);
    if (given === null) return undefined;
    if (isNumber(given)) return numberOf(given);
    throw new TemplateError(`cuts at ${typeName(given)}`);
  };
  const taken = takeSlice(items, bound(start), bound(stop), bound(step) ?? 1);
  if (value instanceof Text) return concat(taken as Text[]);
  return new List(taken, value instanceof List && value.isTuple);
}

function takeSlice(
  items: readonly Value[],
  start: number | undefined,
  stop: number | undefined,
  step: number,
): Value[] {
  const { length } = items;
  if (step === 0) throw new TemplateError('cuts by steps of 0');
  if (step === 1) return items.slice(start ?? 0, stop ?? length);
  const [least, most] = step > 0 ? [0, length] : [-1, length - 1];
  const place = (at: number) => Math.min(most, Math.max(least, at < 0 ? at + length : at));
  const from = start === undefined ? (step > 0 ? least : most) : place(start);
  const to = stop === undefined ? (step > 0 ? most : least) : place(stop);
  const taken: Value[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) taken.push(items[at] as Value);
  return taken;
}

function unary(operator: string, value: Value): Value {
  if (operator === 'not') return !isTrue(value);
  if (!isNumber(value)) throw new TemplateError(`takes ${typeName(value)} for a number`);
  const signed = operator === '-' ? -numberOf(value) : numberOf(value);
  return value instanceof Float ? new Float(signed) : signed;
}

function binary(operator: string, left: Node, right: Node, scope: Scope): Value {
  const value = evaluate(left, scope);
  if (operator === 'and') return isTrue(value) ? evaluate(right, scope) : value;
  if (operator === 'or') return isTrue(value) ? value : evaluate(right, scope);
  return operate(operator, value, evaluate(right, scope));
}
