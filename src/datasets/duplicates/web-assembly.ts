/*
 * As much of WebAssembly as 64-bit arithmetic takes, which JavaScript has only in BigInt: instructions as nested expressions,
 * and a module of functions and one memory. Numbers are those of the specification's binary format
 * (https://webassembly.github.io/spec/core/binary/).
 */

declare global {
  namespace WebAssembly {
    class Module {
      constructor(bytes: Uint8Array<ArrayBuffer>);
    }
    class Instance {
      constructor(module: Module);
      readonly exports: Record<string, unknown>;
    }
    interface Memory {
      readonly buffer: ArrayBuffer;
      grow(pages: number): number;
    }
  }
}

export type Code = readonly number[];

/** Seven bits a byte, the lowest first; the sign is in bit 6 of the last. */
function signed(value: bigint): number[] {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const isLast = rest === ((low & 0x40) !== 0 ? -1n : 0n);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

const operation =
  (opcode: number) =>
  (...operands: Code[]): Code => [...operands.flat(), opcode];

/** @param alignment its binary logarithm */
const load =
  (opcode: number, alignment: number) =>
  (address: Code, offset = 0): Code => [...address, opcode, alignment, ...unsigned(offset)];

export const i32 = {
  type: 0x7f,
  of: (value: number): Code => [0x41, ...signed(BigInt(value))],
  load: load(0x28, 2),
  add: operation(0x6a),
  sub: operation(0x6b),
  mul: operation(0x6c),
  lessThan: operation(0x49),
  atMost: operation(0x4d),
};

export const i64 = {
  type: 0x7e,
  of: (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))],
  load: load(0x29, 0),
  loadByte: load(0x31, 0),
  loadHalf: load(0x35, 0),
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x37, 0, ...unsigned(offset)],
  fromInt32: operation(0xad),
  add: operation(0x7c),
  sub: operation(0x7d),
  mul: operation(0x7e),
  and: operation(0x83),
  xor: operation(0x85),
  shiftRight: operation(0x88),
  rotateLeft: operation(0x89),
  lessThan: operation(0x54),
};

/** The first value where the condition holds, else the second. */
export const select = (first: Code, second: Code, condition: Code): Code => [...first, ...second, ...condition, 0x1b];

export const whether = (condition: Code, then: Code, otherwise: Code): Code => [
  ...condition,
  ...[0x04, 0x40],
  ...then,
  0x05,
  ...otherwise,
  0x0b,
];

export const whileTrue = (condition: Code, body: Code): Code => [
  ...[0x02, 0x40, 0x03, 0x40],
  ...[...condition, 0x45, 0x0d, 1],
  ...body,
  ...[0x0c, 0, 0x0b, 0x0b],
];

/** A parameter or another local variable of a function. */
export class Local {
  constructor(
    readonly type: number,
    readonly index: number,
  ) {}

  get value(): Code {
    return [0x20, ...unsigned(this.index)];
  }

  set(value: Code): Code {
    return [...value, 0x21, ...unsigned(this.index)];
  }
}

export interface Definition {
  name: string;
  parameters: number[];
  /** Variables beside its parameters. */
  variables: number[];
  result: number | undefined;
  body: (...locals: Local[]) => Code;
}

export const call = (index: number, ...operands: Code[]): Code => [...operands.flat(), 0x10, ...unsigned(index)];

const vector = (items: Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const named = (name: string, kind: number, index: number): Code => [
  ...vector([...Buffer.from(name)].map((byte) => [byte])),
  kind,
  ...unsigned(index),
];

function bodyOf({ parameters, variables, body }: Definition): Code {
  const locals = [...parameters, ...variables].map((type, index) => new Local(type, index));
  const code = [...vector(variables.map((type) => [1, type])), ...body(...locals), 0x0b];
  return [...unsigned(code.length), ...code];
}

/**
 * A module with these functions, which call each other by their place, and a memory that begins with one page.
 *
 * @returns what it exports: each function, and `memory`
 */
export function assemble(functions: Definition[]): Record<string, unknown> {
  const types = functions.map(({ parameters, result }) => [
    0x60,
    ...vector(parameters.map((type) => [type])),
    ...vector(result === undefined ? [] : [[result]]),
  ]);
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(5, vector([[0, 1]])),
    ...section(7, vector([named('memory', 2, 0), ...functions.map(({ name }, index) => named(name, 0, index))])),
    ...section(10, vector(functions.map(bodyOf))),
  ];
  return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports;
}
