import { sentence } from '../../shared/errors';
import { shownName } from '../checkpoint/shown-name';
import type { Settings } from './settings';
import { shownValue } from './shown-value';

const DEFAULT_THETA = 10_000;

/** What a family knows of its rotary positions that a checkpoint does not say. */
export interface RopeDefaults {
  headDim: number;
  /** Elements of a head that rotate; all where it is left out. */
  rotaryDim?: number;
  theta?: number;
  /** Of layers with a sliding window, where these have another. */
  localTheta?: number;
  /** `full_attention` or `sliding_attention`, where each has its own. */
  layerType?: string;
  /** What a folder's positions are scaled by where `config.json` does not say. */
  scaling?: Readonly<Record<string, unknown>>;
  /** Whether YaRN's range is rounded to whole dimensions; most are. */
  truncate?: boolean;
}

/** A checkpoint's rotary positions, in one form for every format. Names as in transformers' `rope_parameters`. */
export interface RopeParameters {
  type: string;
  theta: number;
  factor: number;
  /** Tokens of the texts that the model was first made with. */
  originalContext: number;
  /** What cosines and sines are multiplied by; 1 where nothing says otherwise. YaRN has one of its own, which it multiplies. */
  attentionFactor: number;
  /** Whether the factor above is all, also of YaRN and LongRoPE. */
  hasAttentionFactor: boolean;
  /** What `rope_parameters` or `rope_scaling` have beside: only the rule that needs one reads it. */
  more: Readonly<Record<string, unknown>>;
  rotaryDim: number;
  truncate: boolean;
}

export function ropeParameters(
  settings: Settings,
  rotaryDim: number,
  defaults: Omit<RopeDefaults, 'headDim' | 'rotaryDim'>,
): RopeParameters {
  const { truncate = true } = defaults;
  const context = settings.count('maxPositionEmbeddings');
  return settings.checkpoint.format === 'gguf'
    ? { ...ofGguf(settings, context, defaults), rotaryDim, truncate }
    : { ...ofHuggingFace(settings, context, defaults), rotaryDim, truncate };
}

type Thetas = Pick<RopeDefaults, 'theta' | 'localTheta' | 'layerType' | 'scaling'>;
type Read = Omit<RopeParameters, 'rotaryDim' | 'truncate'>;

function ofGguf(settings: Settings, context: number, { theta = DEFAULT_THETA, localTheta, layerType }: Thetas): Read {
  // llama.cpp takes a factor without a type for a linear one. Local layers are never scaled.
  const type = settings.text('ropeScalingType') ?? 'linear';
  const isLocal = layerType === 'sliding_attention';
  const own = settings.optionalPositive('ropeAttentionFactor');
  // One below 1 is a folder's `attn_factor`: the converter writes that here too, and llama.cpp reads neither.
  const said = settings.optionalPositive('ropeYarnAttentionFactor') ?? 0;
  const yarn = said < 1 ? undefined : said;
  const factor = settings.positive('ropeScalingFactor', 1);
  const originalContext = settings.count('ropeOriginalContext', context);
  const base = settings.positive('ropeTheta', theta);
  return {
    type: isLocal || type === 'none' || (type === 'linear' && factor === 1) ? 'default' : type,
    theta: isLocal ? settings.positive('ropeLocalTheta', localTheta ?? base) : base,
    factor,
    originalContext,
    attentionFactor: (isLocal ? undefined : (yarn ?? own)) ?? 1,
    hasAttentionFactor: yarn !== undefined,
    more: {
      beta_fast: settings.optionalPositive('ropeYarnBetaFast'),
      beta_slow: settings.optionalPositive('ropeYarnBetaSlow'),
    },
  };
}

function ofHuggingFace(
  settings: Settings,
  context: number,
  { theta, localTheta, layerType, scaling = {} }: Thetas,
): Read {
  const all = recordOf(settings, 'ropeParameters');
  const oldScaling = recordOf(settings, 'ropeScaling');
  refuseContradiction(settings, all, oldScaling);
  const nested = layerType === undefined ? undefined : (all?.[layerType] ?? undefined);
  const nestedName = `${settings.nameOf('ropeParameters')}.${layerType}`;
  if (nested !== undefined && !isRecord(nested))
    settings.refuse(sentence`${nestedName} is ${shownValue(nested)} instead of an object`);
  const isLocal = layerType === 'sliding_attention';
  // What is not said of layers with a window is said of those that see all keys.
  const parameters = nested ?? (isLocal ? {} : all);
  const ownTheta = settings.optionalPositive('ropeLocalTheta') ?? localTheta;
  const outerTheta = settings.positive('ropeTheta', theta ?? DEFAULT_THETA);
  const outerContext = settings.optionalPositive('ropeOriginalContext');
  const more = parameters ?? oldScaling ?? scaling;
  const number = (name: string): number | undefined => {
    const value = more[name];
    if (value === undefined || value === null) return undefined;
    if (isPositive(value)) return value;
    return settings.refuse(
      sentence`its rotary positions have ${name} ${shownValue(value)}, which is no positive number`,
    );
  };
  refuseUnknown(settings, more);
  const type = more.rope_type ?? more.type ?? 'default';
  if (typeof type !== 'string') settings.refuse(sentence`its rotary positions have a type that is no name`);
  const originalContext = outerContext ?? number('original_max_position_embeddings') ?? context;
  // The other rules have none, whatever it says.
  const attentionFactor = /^(yarn|longrope|su)$/.test(type as string) ? number('attention_factor') : undefined;
  return {
    type: type === 'su' ? 'longrope' : (type as string),
    theta: number('rope_theta') ?? (isLocal ? ownTheta : undefined) ?? outerTheta,
    factor: number('factor') ?? (type === 'longrope' || type === 'su' ? context / originalContext : 1),
    originalContext,
    attentionFactor: attentionFactor ?? 1,
    hasAttentionFactor: attentionFactor !== undefined,
    more,
  };
}

/**
 * Where both are there, transformers takes `rope_scaling`, and with it another theta: a file whose two say different things
 * was changed by hand after it was saved, and which of them is meant nobody can tell.
 */
function refuseContradiction(
  settings: Settings,
  parameters: Readonly<Record<string, unknown>> = {},
  scaling: Readonly<Record<string, unknown>> = {},
): void {
  const said = (values: Readonly<Record<string, unknown>>, name: string) =>
    JSON.stringify(name === 'rope_type' || name === 'type' ? (values.rope_type ?? values.type) : values[name]);
  const isBoth = Object.keys(parameters).length > 0;
  const other = Object.keys(scaling).find((name) => isBoth && said(parameters, name) !== said(scaling, name));
  if (other !== undefined)
    settings.refuse(
      sentence`${settings.nameOf('ropeScaling')} and ${settings.nameOf('ropeParameters')} do not say the same (${shownName(other)})`,
    );
}

/** What the rules here read, the parameters of each type of layer, and what is read elsewhere. */
const KNOWN = new Set([
  ...['rope_type', 'type', 'rope_theta', 'factor', 'original_max_position_embeddings', 'attention_factor'],
  ...['beta_fast', 'beta_slow', 'truncate', 'mscale', 'mscale_all_dim', 'low_freq_factor', 'high_freq_factor'],
  // Whether the model was trained for the scaling, and what only vLLM reads (DeepSeek-R1-0528-Qwen3-8B).
  ...['finetuned', 'attn_factor'],
  // Of a text all sections of an image's positions are the same.
  ...['mrope_section', 'mrope_interleaved'],
  ...['short_factor', 'long_factor', 'partial_rotary_factor', 'full_attention', 'sliding_attention'],
]);

function refuseUnknown(settings: Settings, parameters: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(parameters).find((name) => !KNOWN.has(name) && parameters[name] !== null);
  if (unknown !== undefined)
    settings.refuse(sentence`its rotary positions have ${unknown}, which this version does not implement`);
}

function recordOf(settings: Settings, setting: 'ropeParameters' | 'ropeScaling'): Record<string, unknown> | undefined {
  const value = settings.value(setting);
  if (value === undefined || isRecord(value)) return value;
  return settings.refuse(sentence`${settings.nameOf(setting)} is ${shownValue(value)} instead of an object`);
}

export const isPositive = (value: unknown): value is number =>
  typeof value === 'number' && value > 0 && Number.isFinite(value);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
