import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import { shownName } from '../checkpoint/shown-name';

export type NumericArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** 64-bit integers are numbers where a number holds them exactly (arrays: Float64Array), and bigints elsewhere. */
export type MetadataValue =
  | number
  | bigint
  | boolean
  | string
  | NumericArray
  | BigUint64Array
  | BigInt64Array
  | boolean[]
  | string[];

/**
 * A GGUF file's key-value pairs. A plain getter throws VitrineError `gguf.keyMissing` where the key is absent, and an
 * optional one gives undefined; both throw `gguf.keyType` where the value is of another type.
 */
export class GgufMetadata {
  readonly #values: ReadonlyMap<string, MetadataValue>;

  /** @param path names the file in errors. */
  constructor(
    readonly path: string,
    values: ReadonlyMap<string, MetadataValue>,
  ) {
    this.#values = values;
  }

  keys(): string[] {
    return [...this.#values.keys()];
  }

  /** A value as it stands in the file. */
  value(key: string): MetadataValue | undefined {
    return this.#values.get(key);
  }

  number(key: string): number {
    return this.#required(key, this.optionalNumber(key));
  }

  optionalNumber(key: string): number | undefined {
    return this.#optional(key, sentence`a number`, (value) => typeof value === 'number');
  }

  boolean(key: string): boolean {
    return this.#required(key, this.optionalBoolean(key));
  }

  optionalBoolean(key: string): boolean | undefined {
    return this.#optional(key, sentence`true or false`, (value) => typeof value === 'boolean');
  }

  string(key: string): string {
    return this.#required(key, this.optionalString(key));
  }

  optionalString(key: string): string | undefined {
    return this.#optional(key, sentence`a text`, (value) => typeof value === 'string');
  }

  numbers(key: string): NumericArray {
    return this.#required(key, this.optionalNumbers(key));
  }

  optionalNumbers(key: string): NumericArray | undefined {
    return this.#optional(key, sentence`a list of numbers`, isNumericArray);
  }

  strings(key: string): string[] {
    return this.#required(key, this.optionalStrings(key));
  }

  optionalStrings(key: string): string[] | undefined {
    return this.#optional(key, sentence`a list of texts`, isStringArray);
  }

  #required<T>(key: string, value: T | undefined): T {
    if (value === undefined) {
      throw new VitrineError(
        'gguf.keyMissing',
        sentence`${this.path} lacks the metadata key ${key}, which this model needs: convert it again with a current converter.`,
      );
    }
    return value;
  }

  #optional<T extends MetadataValue>(
    key: string,
    expected: Sentence,
    isExpected: (value: MetadataValue) => value is T,
  ): T | undefined {
    const value = this.#values.get(key);
    if (value === undefined || isExpected(value)) {
      return value;
    }
    throw new VitrineError(
      'gguf.keyType',
      sentence`In ${this.path} the metadata key ${key} is ${describe(value)} instead of ${expected}: convert it again with a current converter.`,
    );
  }
}

/** What a file calls its model; empty where it has no name. */
export const readName = (metadata: GgufMetadata): string => shownName(metadata.optionalString('general.name') ?? '');

function isNumericArray(value: MetadataValue): value is NumericArray {
  return ArrayBuffer.isView(value) && !(value instanceof BigUint64Array) && !(value instanceof BigInt64Array);
}

function isStringArray(value: MetadataValue): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function describe(value: MetadataValue): string | Sentence {
  if (typeof value === 'object') {
    return sentence`a list of another type`;
  }
  return typeof value === 'string' ? sentence`a text` : `${value}`;
}
