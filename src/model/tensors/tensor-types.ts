/**
 * The tensor types that Vitrine reads. A row is a whole number of blocks; a block holds `blockElements`
 * weights in `blockBytes` bytes. Ids and sizes as in ggml.h and in GGML_QUANT_SIZES of Python's `gguf`; GGML does not
 * have those without an id.
 */
export const TENSOR_TYPES = {
  F32: { id: 0, blockElements: 1, blockBytes: 4 },
  F16: { id: 1, blockElements: 1, blockBytes: 2 },
  BF16: { id: 30, blockElements: 1, blockBytes: 2 },
  Q4_0: { id: 2, blockElements: 32, blockBytes: 18 },
  Q4_1: { id: 3, blockElements: 32, blockBytes: 20 },
  Q5_0: { id: 6, blockElements: 32, blockBytes: 22 },
  Q5_1: { id: 7, blockElements: 32, blockBytes: 24 },
  Q8_0: { id: 8, blockElements: 32, blockBytes: 34 },
  Q2_K: { id: 10, blockElements: 256, blockBytes: 84 },
  Q3_K: { id: 11, blockElements: 256, blockBytes: 110 },
  Q4_K: { id: 12, blockElements: 256, blockBytes: 144 },
  Q5_K: { id: 13, blockElements: 256, blockBytes: 176 },
  Q6_K: { id: 14, blockElements: 256, blockBytes: 210 },
  IQ4_NL: { id: 20, blockElements: 32, blockBytes: 18 },
  IQ4_XS: { id: 23, blockElements: 256, blockBytes: 136 },
  MXFP4: { id: 39, blockElements: 32, blockBytes: 17 },
  F8_E4M3: { id: undefined, blockElements: 1, blockBytes: 1 },
} as const satisfies Record<string, { id: number | undefined; blockElements: number; blockBytes: number }>;

export type TensorType = keyof typeof TENSOR_TYPES;

export const TENSOR_TYPE_NAMES = Object.keys(TENSOR_TYPES) as TensorType[];

/** Those that a GGUF file can have. */
export const GGML_TYPE_NAMES = TENSOR_TYPE_NAMES.filter((name) => TENSOR_TYPES[name].id !== undefined);

/** GGML's names of the types that Vitrine cannot read, for the sentence that refuses them. */
const UNSUPPORTED_NAMES: Readonly<Record<number, string>> = {
  4: 'Q4_2',
  5: 'Q4_3',
  9: 'Q8_1',
  15: 'Q8_K',
  16: 'IQ2_XXS',
  17: 'IQ2_XS',
  18: 'IQ3_XXS',
  19: 'IQ1_S',
  21: 'IQ3_S',
  22: 'IQ2_S',
  24: 'I8',
  25: 'I16',
  26: 'I32',
  27: 'I64',
  28: 'F64',
  29: 'IQ1_M',
  34: 'TQ1_0',
  35: 'TQ2_0',
  40: 'NVFP4',
  41: 'Q1_0',
};

/** The supported type with this GGML id. */
export function tensorTypeOfId(id: number): TensorType | undefined {
  return GGML_TYPE_NAMES.find((name) => TENSOR_TYPES[name].id === id);
}

/** What GGML calls a type that `tensorTypeOfId` does not know. */
export function unsupportedTypeName(id: number): string {
  return UNSUPPORTED_NAMES[id] ?? `number ${id}, which GGML does not define`;
}

/** The bytes that `elements` weights take; `elements` is a whole number of blocks. */
export function byteLengthOf(type: TensorType, elements: number): number {
  const { blockElements, blockBytes } = TENSOR_TYPES[type];
  return (elements / blockElements) * blockBytes;
}

/** How many numbers a tensor of this shape has: one where it has no dimensions. */
export const elementsOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
