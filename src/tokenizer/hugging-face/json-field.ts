import { type Sentence, sentence, VitrineError } from '../../shared/errors';

/** A value of a parsed JSON file and its place in the file, which an error names. */
export class JsonField {
  constructor(
    readonly value: unknown,
    readonly path: string,
  ) {}

  /** Whether there is none, or null. */
  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** A member of an object. @throws VitrineError where this is none */
  get(name: string): JsonField {
    const object = this.object();
    return new JsonField(Object.hasOwn(object, name) ? object[name] : undefined, `${this.path}.${name}`);
  }

  object(): Record<string, unknown> {
    if (typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value)) {
      return this.value as Record<string, unknown>;
    }
    throw this.damaged(sentence`is no object`);
  }

  array(): unknown[] {
    if (Array.isArray(this.value)) return this.value;
    throw this.damaged(sentence`is no list`);
  }

  /** An entry of a list. */
  at(index: number): JsonField {
    return new JsonField(this.array()[index], `${this.path}[${index}]`);
  }

  /** The entries of a list; none where it is absent. */
  items(): JsonField[] {
    return this.isAbsent ? [] : this.array().map((_, i) => this.at(i));
  }

  text(): string {
    if (typeof this.value === 'string') return this.value;
    throw this.damaged(sentence`is no text`);
  }

  boolean(absent: boolean): boolean {
    if (this.isAbsent) return absent;
    if (typeof this.value === 'boolean') return this.value;
    throw this.damaged(sentence`is neither true nor false`);
  }

  /** A whole number in [0, end). */
  index(end: number): number {
    if (isIndex(this.value, end)) return this.value;
    throw this.damaged(sentence`is ${shown(this.value)}, which is no id from 0 to ${String(end - 1)}`);
  }

  number(): number {
    if (typeof this.value === 'number' && Number.isFinite(this.value)) return this.value;
    throw this.damaged(sentence`is no number`);
  }

  /** One of some words. */
  oneOf<T extends string>(words: readonly T[], absent?: T): T {
    if (this.isAbsent && absent !== undefined) return absent;
    const known = words.find((word) => word === this.value);
    if (known === undefined) throw this.unknown();
    return known;
  }

  damaged(problem: Sentence): VitrineError {
    return new VitrineError(
      'tokenizer.json',
      sentence`The vocabulary is damaged: ${this.path} ${problem}. Get the model again from its source.`,
    );
  }

  /** The error of a value that has a meaning, which nothing here knows. */
  unknown(): VitrineError {
    return new VitrineError(
      'tokenizer.unknown',
      sentence`The vocabulary asks for what Vitrine does not know: ${this.path} is ${shown(this.value)}. Choose another model.`,
    );
  }
}

/** Whether a value is a whole number in [0, end). */
export function isIndex(value: unknown, end: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < end;
}

/** A value as JSON, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
