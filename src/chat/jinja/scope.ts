import { Undefined, type Value } from './values';

/** Names that a part of a template has. What stands within it sees them; what it sets stays in it. */
export class Scope {
  readonly #values: Map<string, Value>;
  readonly #around: Scope | undefined;

  constructor(around?: Scope, values = new Map<string, Value>()) {
    this.#around = around;
    this.#values = values;
  }

  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  get(name: string): Value {
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    return this.#around ? this.#around.get(name) : new Undefined(name);
  }
}
