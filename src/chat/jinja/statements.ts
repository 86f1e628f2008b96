import { applyFilter, call, evaluate } from './expressions';
import { loopValue } from './loop';
import type { CallStatement, For, Identifier, Macro, Node } from './nodes';
import { Output } from './output';
import { textOf } from './python-text';
import { Scope } from './scope';
import { TemplateError } from './template-error';
import type { Text } from './text';
import { Dict, Fn, isTrue, itemsOf, type Keywords, Struct, tuple, Undefined, type Value } from './values';

/** UTF-16 units of the text that a template has written. */
export interface Range {
  start: number;
  end: number;
}

type Leaving = 'break' | 'continue' | undefined;

/** Runs the statements of a template, with the scopes that Jinja gives them. */
export class Run {
  readonly output = new Output();
  /** What stands in `generation`. As transformers, from what is written at its beginning on. */
  readonly generated: Range[] = [];
  #current = this.output;
  /** Whose turn it is in a loop over messages. */
  #message: number | undefined;

  body(nodes: readonly Node[], scope: Scope): Leaving {
    for (const node of nodes) {
      const leaving = this.#statement(node, scope);
      if (leaving) return leaving;
    }
    return undefined;
  }

  #statement(node: Node, scope: Scope): Leaving {
    switch (node.type) {
      case 'If':
        return this.#branch(isTrue(evaluate(node.test, scope)) ? node.body : node.alternate, scope);
      case 'For':
        this.#loop(node, scope);
        return undefined;
      case 'Break':
        return 'break';
      case 'Continue':
        return 'continue';
      case 'Comment':
        return undefined;
      case 'Set': {
        const { assignee, value, body } = node;
        assign(assignee, value ? evaluate(value, scope) : this.#captured(body, new Scope(scope)), scope);
        return undefined;
      }
      case 'Macro':
        scope.set(node.name.value, this.#macro(node, scope));
        return undefined;
      case 'CallStatement':
        this.#write(this.#callBlock(node, scope));
        return undefined;
      case 'FilterStatement':
        this.#write(textOf(applyFilter(this.#captured(node.body, new Scope(scope)), node.filter, scope)));
        return undefined;
      default:
        this.#write(textOf(evaluate(node, scope)));
        return undefined;
    }
  }

  #write(text: Text): void {
    this.#current.write(text, this.#message);
  }

  #branch(nodes: readonly Node[], scope: Scope): Leaving {
    const first = this.#current.pieces.length;
    const leaving = this.body(nodes, scope);
    this.#current.attribute(first);
    return leaving;
  }

  #captured(nodes: readonly Node[], scope: Scope): Text {
    const around = this.#current;
    this.#current = new Output();
    try {
      this.body(nodes, scope);
      return this.#current.text();
    } finally {
      this.#current = around;
    }
  }

  #loop({ loopvar, iterable, body, defaultBlock }: For, scope: Scope): void {
    const isFiltered = iterable.type === 'SelectExpression';
    const all = itemsOf(evaluate(isFiltered ? iterable.lhs : iterable, scope));
    const scopeOf = (item: Value) => {
      const inner = new Scope(scope);
      assign(loopvar, item, inner);
      return inner;
    };
    const items = isFiltered ? all.filter((item) => isTrue(evaluate(iterable.test, scopeOf(item)))) : all;
    const message = this.#message;
    const values = loopValue(items);
    let isWhole = false;
    for (const [i, item] of items.entries()) {
      const inner = scopeOf(item);
      inner.set('loop', values(i));
      if (item instanceof Dict && item.message !== undefined) this.#message = item.message;
      const leaving = this.body(body, inner);
      if (leaving === 'break') break;
      // As Jinja compiles it: an iteration that was left is none.
      if (leaving === undefined) isWhole = true;
    }
    this.#message = message;
    if (!isWhole) this.body(defaultBlock, new Scope(scope));
  }

  #macro({ name, args, body }: Omit<Macro, 'type'>, around: Scope): Fn {
    return new Fn(`macro ${name.value}`, (given, keywords) => {
      const scope = new Scope(around);
      bind(args, given, keywords, scope);
      return this.#captured(body, scope);
    });
  }

  #callBlock({ call: asked, callerArgs, body }: CallStatement, scope: Scope): Text {
    const caller = this.#macro({ name: { type: 'Identifier', value: 'caller' }, args: callerArgs ?? [], body }, scope);
    const { callee } = asked;
    if (callee.type === 'Identifier' && callee.value === 'generation') return this.#generation(body, scope);
    return textOf(call(evaluate(callee, scope), asked, scope, new Map([['caller', caller]])));
  }

  #generation(body: readonly Node[], scope: Scope): Text {
    const start = this.output.length;
    const text = this.#captured(body, new Scope(scope));
    this.generated.push({ start, end: start + text.length });
    return text;
  }
}

function assign(target: Node, value: Value, scope: Scope): void {
  if (target.type === 'Identifier') {
    scope.set(target.value, value);
  } else if (target.type === 'TupleLiteral') {
    const items = itemsOf(value);
    if (items.length !== target.value.length) {
      throw new TemplateError(`takes apart ${items.length} values for ${target.value.length} names`);
    }
    for (const [i, part] of target.value.entries()) assign(part, items[i] as Value, scope);
  } else if (target.type === 'MemberExpression') {
    const object = evaluate(target.object, scope);
    if (!(object instanceof Struct) || object.kind !== 'namespace')
      throw new TemplateError('sets a part of what is no namespace');
    object.entries.set((target.property as Identifier).value, value);
  } else if (target.type === 'FilterExpression') {
    assign(target.operand, applyFilter(value, target.filter, scope), scope);
  } else {
    throw new TemplateError('sets what is no name');
  }
}

/** Gives a macro's names their values: what is called for, else its default, else nothing. */
function bind(parameters: readonly Node[], given: readonly Value[], keywords: Keywords, scope: Scope): void {
  const rest = new Map(keywords);
  for (const [i, parameter] of parameters.entries()) {
    const isOptional = parameter.type === 'KeywordArgumentExpression';
    const key = isOptional ? parameter.key.value : (parameter as Identifier).value;
    const value = given[i] ?? (given.length > i ? null : rest.get(key));
    rest.delete(key);
    scope.set(key, value !== undefined ? value : isOptional ? evaluate(parameter.value, scope) : new Undefined(key));
  }
  const caller = rest.get('caller');
  if (caller !== undefined) scope.set('caller', caller);
  rest.delete('caller');
  scope.set('varargs', tuple(given.slice(parameters.length)));
  scope.set('kwargs', new Dict(new Map(rest)));
}
