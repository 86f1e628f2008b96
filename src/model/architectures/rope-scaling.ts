import { sentence } from '../../shared/errors';
import { isPositive, type RopeParameters } from './rope-parameters';
import type { Settings } from './settings';
import { shownValue } from './shown-value';

export interface ScaledFrequencies {
  frequencies: number[];
  /** For texts longer than the original context, where these have others. */
  longFrequencies?: number[];
  attentionFactor: number;
}

/**
 * The frequencies of a model whose positions are scaled to longer texts than it was first made for, from the plain ones:
 * theta^(-2i/d). Reference: `modeling_rope_utils.py` of Hugging Face transformers.
 */
export function scaledFrequencies(
  settings: Settings,
  plain: readonly number[],
  rope: RopeParameters,
): ScaledFrequencies {
  const { attentionFactor } = rope;
  switch (rope.type) {
    case 'default':
      return { frequencies: [...plain], attentionFactor };
    case 'linear':
      return { frequencies: plain.map((frequency) => frequency / rope.factor), attentionFactor };
    case 'llama3':
      return { frequencies: llama3(settings, plain, rope), attentionFactor };
    case 'yarn':
      return yarn(settings, plain, rope);
    case 'longrope':
      return longRope(settings, plain, rope);
    case 'proportional':
      return { frequencies: proportional(settings, plain, rope), attentionFactor: 1 };
  }
  return settings.refuse(
    sentence`its rotary positions are scaled by '${rope.type}', which this version does not implement`,
  );
}

/** Long waves are stretched, short ones kept, those between blended (Llama 3.1). */
function llama3(
  settings: Settings,
  plain: readonly number[],
  { factor, originalContext, more }: RopeParameters,
): number[] {
  const low = required(settings, more, 'low_freq_factor');
  const high = required(settings, more, 'high_freq_factor');
  return plain.map((frequency) => {
    const wavelength = (2 * Math.PI) / frequency;
    if (wavelength < originalContext / high) return frequency;
    if (wavelength > originalContext / low) return frequency / factor;
    const smooth = (originalContext / wavelength - low) / (high - low);
    return frequency * ((1 - smooth) / factor + smooth);
  });
}

/** A part of the pairs rotates, by the frequencies that they have among all (Gemma 4). */
function proportional(settings: Settings, plain: readonly number[], { factor, more }: RopeParameters): number[] {
  const rotating = Math.floor((optional(settings, more, 'partial_rotary_factor') ?? 1) * plain.length);
  return plain.map((frequency, i) => (i < rotating ? frequency / factor : 0));
}

/** Peng et al. 2023, arXiv 2309.00071. */
function yarn(settings: Settings, plain: readonly number[], rope: RopeParameters): ScaledFrequencies {
  const { factor, originalContext, theta, rotaryDim, more } = rope;
  const truncate = more.truncate === undefined ? rope.truncate : more.truncate === true;
  const dimension = (rotations: number) =>
    (rotaryDim * Math.log(originalContext / (rotations * 2 * Math.PI))) / (2 * Math.log(theta));
  const round = (value: number, by: (value: number) => number) => (truncate ? by(value) : value);
  const low = Math.max(0, round(dimension(optional(settings, more, 'beta_fast') ?? 32), Math.floor));
  const high = Math.min(rotaryDim - 1, round(dimension(optional(settings, more, 'beta_slow') ?? 1), Math.ceil));
  const width = high === low ? 0.001 : high - low;
  const frequencies = plain.map((frequency, i) => {
    const ramp = Math.min(1, Math.max(0, (i - low) / width));
    return frequency * (1 - ramp) + (frequency / factor) * ramp;
  });
  return {
    frequencies,
    attentionFactor: rope.attentionFactor * (rope.hasAttentionFactor ? 1 : yarnFactor(settings, factor, more)),
  };
}

function yarnFactor(settings: Settings, factor: number, more: RopeParameters['more']): number {
  // 0 is as if it were not there.
  const scaleOf = (name: string) => (more[name] === 0 ? undefined : optional(settings, more, name));
  const mscale = scaleOf('mscale');
  const mscaleAll = scaleOf('mscale_all_dim');
  const of = (scale: number) => (factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1);
  return mscale !== undefined && mscaleAll !== undefined ? of(mscale) / of(mscaleAll) : of(1);
}

/** Ding et al. 2024, arXiv 2402.13753: factors that were searched for, one list for short texts and one for long. */
function longRope(settings: Settings, plain: readonly number[], rope: RopeParameters): ScaledFrequencies {
  const { factor, originalContext, more } = rope;
  const divided = (name: string) => {
    const divisors = more[name];
    const isList = Array.isArray(divisors) && divisors.length === plain.length;
    if (!isList || !divisors.every(isPositive))
      return settings.refuse(sentence`${name} of its rotary positions is no list of ${plain.length} positive numbers`);
    return plain.map((frequency, i) => frequency / (divisors[i] as number));
  };
  const own = factor > 1 ? Math.sqrt(1 + Math.log(factor) / Math.log(originalContext)) : 1;
  return {
    frequencies: divided('short_factor'),
    longFrequencies: divided('long_factor'),
    attentionFactor: rope.hasAttentionFactor ? rope.attentionFactor : own,
  };
}

function optional(settings: Settings, more: RopeParameters['more'], name: string): number | undefined {
  const value = more[name];
  if (value === undefined || value === null) return undefined;
  if (isPositive(value)) return value;
  return settings.refuse(sentence`its rotary positions have ${name} ${shownValue(value)}, which is no positive number`);
}

function required(settings: Settings, more: RopeParameters['more'], name: string): number {
  return optional(settings, more, name) ?? settings.refuse(sentence`its rotary positions lack ${name}`);
}
