import { HARDWARE } from '../../../../src/anatomy/hardware';
import { type Precision as Form, weightBytes } from '../../../../src/anatomy/precision';
import { type PassShape, type PassWork, passWork } from '../../../../src/anatomy/roofline';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { Limits } from '../../../../src/shared/part-times-api';

/** Bits of a weight. */
export const PRECISIONS = [32, 16, 8, 4] as const;
export type Precision = (typeof PRECISIONS)[number];

export const DEVICES = ['machine', 'a100', 'h100'] as const;
export type Device = (typeof DEVICES)[number];

/** What a person asks for. */
export interface Chosen {
  tokens: number;
  /** Texts of as many tokens that are read at once. */
  batch: number;
  bits: Precision;
  device: Device;
}

/** What is read, by what. */
export interface CostSettings extends Chosen {
  /** Bytes of all weights. */
  weightsBytes: number;
  /** Bytes of any other number: keys, values, the residual stream. */
  numberBytes: number;
  /** Of what reads it; undefined of a machine that was not measured. */
  limits: Limits | undefined;
}

/** This machine computes in float32 whatever the weights are kept in; a card in 16 bits, unless they have 32. */
export const numberBytesOn = (device: Device, bits: Precision): number => (device === 'machine' || bits === 32 ? 4 : 2);

/** Of a card: its tensor cores take float32 as TF32, at half the operations a second. */
export function cardLimits(card: Exclude<Device, 'machine'>, bits: Precision): Limits {
  const { flopsPerSecond, bytesPerSecond } = HARDWARE[card];
  return { flopsPerSecond: bits === 32 ? flopsPerSecond / 2 : flopsPerSecond, bytesPerSecond };
}

/** As they are rounded here: 8 and 4 bits in blocks, each with its scale. */
const FORMS: Readonly<Record<Precision, Form>> = { 32: 'float32', 16: 'bf16', 8: 'q8_0', 4: 'q4_0' };

/** Bytes of all weights in so many bits. */
export const weightsIn = (anatomy: ModelAnatomy, bits: Precision): number => weightBytes(anatomy, FORMS[bits]);

const shapeOf = ({ parameters }: ModelAnatomy, settings: CostSettings): Omit<PassShape, 'tokens'> => ({
  batch: settings.batch,
  weightBytes: settings.weightsBytes / parameters,
  numberBytes: settings.numberBytes,
  attention: 'fused',
});

/** To read the texts. */
export function readingWork(
  anatomy: ModelAnatomy,
  settings: CostSettings,
  attention: PassShape['attention'] = 'fused',
): PassWork {
  return passWork(anatomy, { ...shapeOf(anatomy, settings), tokens: settings.tokens, attention });
}

/** To write one more token behind each. */
export function writingWork(anatomy: ModelAnatomy, settings: CostSettings): PassWork {
  const { tokens } = settings;
  return passWork(anatomy, { ...shapeOf(anatomy, settings), tokens: tokens + 1, from: tokens });
}
