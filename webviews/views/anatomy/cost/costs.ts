import { HARDWARE } from '../../../../src/anatomy/hardware';
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
  /** Of any other number: keys, values, the residual stream. */
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

/** Bytes of all weights. */
export const weightsBytes = ({ parameters }: ModelAnatomy, { bits }: CostSettings): number => (parameters * bits) / 8;

const shapeOf = (settings: CostSettings): Omit<PassShape, 'tokens'> => ({
  batch: settings.batch,
  weightBytes: settings.bits / 8,
  numberBytes: settings.numberBytes,
  attention: 'fused',
});

/** To read the texts. */
export function readingWork(
  anatomy: ModelAnatomy,
  settings: CostSettings,
  attention: PassShape['attention'] = 'fused',
): PassWork {
  return passWork(anatomy, { ...shapeOf(settings), tokens: settings.tokens, attention });
}

/** To write one more token behind each. */
export function writingWork(anatomy: ModelAnatomy, settings: CostSettings): PassWork {
  const { tokens } = settings;
  return passWork(anatomy, { ...shapeOf(settings), tokens: tokens + 1, from: tokens });
}
