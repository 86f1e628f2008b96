import { PRECISIONS, type Precision, weightBytes } from '../../../../src/anatomy/precision';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { ModelInfo } from '../../../../src/shared/engine-api';
import { t } from '../../../l10n';

/** The weights of the model in some numbers. */
export interface Form {
  /** Undefined of the numbers that the file has. */
  precision: Precision | undefined;
  title: string;
  /** What such numbers are. */
  note: string;
  /** What such numbers are of a file whose weights are blocks of few bits themselves; empty of other files. */
  ofBlocks: string;
  /** Of all weights. */
  bytes: number;
}

/** What the file has, and what its weights would be in other numbers, the most bits first. */
export function formsOf(anatomy: ModelAnatomy, model: ModelInfo | undefined): Form[] {
  const inFile: Form = {
    precision: undefined,
    title: t('as in the file'),
    note: model?.fileType ?? '',
    ofBlocks: '',
    bytes: anatomy.tensors.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  const hasBlocks = anatomy.tensors.some(({ type }) => !FLOAT_TYPES.has(type));
  const others = PRECISIONS.map((precision) => ({
    precision,
    title: TITLES[precision](),
    note: NOTES[precision](),
    ofBlocks: hasBlocks ? ofBlocks(precision, model?.fileType ?? '') : '',
    bytes: weightBytes(anatomy, precision),
  }));
  return [inFile, ...others];
}

export const TITLES: Readonly<Record<Precision, () => string>> = {
  float32: () => 'float32',
  bf16: () => 'bf16',
  fp16: () => 'fp16',
  q8_0: () => t('8 bits'),
  q4_0: () => t('4 bits'),
};

const NOTES: Readonly<Record<Precision, () => string>> = {
  float32: () => t('32 bits: 8 of exponent, 23 of mantissa'),
  bf16: () => t('16 bits: 8 of exponent, 7 of mantissa'),
  fp16: () => t('16 bits: 5 of exponent, 10 of mantissa'),
  q8_0: () => t('Q8_0: blocks of 32 with one scale'),
  q4_0: () => t('Q4_0: blocks of 32 with one scale'),
};

const FLOAT_TYPES: ReadonlySet<string> = new Set(['F64', 'F32', 'F16', 'BF16']);

function ofBlocks(precision: Precision, fileType: string): string {
  if (precision === 'float32') return t('what the file has is not rounded');
  return t('a second rounding: the file is {0} already', fileType);
}

/** Whether some numbers hold the values of the file as they are: float32 does, of whatever blocks they are. */
export function holdsFile(precision: Precision | undefined, { tensors }: ModelAnatomy): boolean {
  if (precision === undefined || precision === 'float32') return true;
  const type = { bf16: 'BF16', fp16: 'F16', q8_0: undefined, q4_0: undefined }[precision];
  return tensors.every((tensor) => tensor.type === type);
}

/** In which of these the model in use has its weights; undefined where as in the file, or in several. */
export function precisionOf({ weights, approximation }: ModelInfo): Precision | undefined {
  if (weights === 'float32') return weights;
  if (!approximation) return undefined;
  return approximation.half ?? (approximation.bits === 8 ? 'q8_0' : 'q4_0');
}
