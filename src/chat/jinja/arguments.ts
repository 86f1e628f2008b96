import { TemplateError } from './template-error';
import { Text } from './text';
import { Float, isTrue, type Keywords, typeName, Undefined, type Value } from './values';

/** Arguments of a call by their names. */
export class Arguments {
  readonly #values: Map<string, Value>;
  readonly #name: string;

  /** @throws TemplateError where there are more of them than names, or others */
  constructor(name: string, names: readonly string[], args: readonly Value[], keywords: Keywords) {
    if (args.length > names.length) throw new TemplateError(`gives ${name} ${args.length} arguments`);
    const unknown = [...keywords.keys()].find((keyword) => !names.includes(keyword));
    if (unknown !== undefined) throw new TemplateError(`gives ${name} an argument ${unknown}`);
    this.#name = name;
    this.#values = new Map([...args.map((value, i): [string, Value] => [names[i] as string, value]), ...keywords]);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  value<T extends Value | undefined>(name: string, otherwise: T): Value | T {
    const value = this.#values.get(name);
    return value === undefined ? otherwise : value;
  }

  flag(name: string, otherwise: boolean): boolean {
    return isTrue(this.value(name, otherwise));
  }

  integer(name: string, otherwise: number): number {
    const value = this.value(name, otherwise);
    if (typeof value === 'number') return value;
    if (typeof value === 'boolean') return Number(value);
    return this.#refuse(name, value);
  }

  /** A text; undefined where there is none, or None. */
  text(name: string): Text | undefined {
    const value = this.value(name, null);
    if (value === null || value instanceof Undefined) return undefined;
    return value instanceof Text ? value : this.#refuse(name, value);
  }

  required(name: string): Text {
    return this.text(name) ?? this.#refuse(name, null);
  }

  #refuse(name: string, value: Value): never {
    throw new TemplateError(
      `gives ${this.#name} a ${value instanceof Float ? 'float' : typeName(value)} for its argument ${name}`,
    );
  }
}
