import * as v from 'valibot';

/* What several requests are made of. */

export const index = v.pipe(v.number(), v.integer(), v.minValue(0));
export const count = v.pipe(v.number(), v.integer(), v.minValue(1));
export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** What something is multiplied by: the graphs compute in float32. */
export const gain = v.pipe(
  v.number(),
  v.check((value) => Number.isFinite(Math.fround(value)), 'Expected a finite float32'),
);
/** A number of the caller's choice: progress is reported under it, and it can be cancelled by it. */
export const task = index;

export const PROVIDERS = ['auto', 'cpu', 'webgpu', 'cuda', 'coreml', 'dml'] as const;
export const provider = v.picklist(PROVIDERS);
/** An execution provider by name, or the choice left to the engine. */
export type Provider = v.InferOutput<typeof provider>;

export const head = v.object({ layer: index, head: index });
/** Positions, the last not among them. */
export const rows = v.object({ from: index, to: index });

/** A place in the residual stream: what enters a layer (the number of layers stands for what leaves the last), or what a part of the layer adds. */
const site = v.picklist(['residual', 'attention', 'mlp']);

/** What a run computes otherwise than the model would: nothing by default. */
export const interventions = v.object({
  /** What multiplies what heads give: 0 switches one off, and all that are not named have 1. */
  headMask: v.optional(v.array(v.object({ ...head.entries, value: gain })), []),
  /** Tokens that later ones may not look at, in any layer. */
  hidden: v.optional(v.array(rows), []),
  /** What stands at a place and position, in place of what the model computed: that of a trace, at a layer and position of its own. */
  patches: v.optional(
    v.array(
      v.object({
        site,
        layer: index,
        position: index,
        source: v.object({ trace: index, layer: index, position: index }),
      }),
    ),
    [],
  ),
  /** Added to the stream that leaves each layer, at every position: [layer, hiddenSize]. */
  steering: v.optional(v.instance(Float32Array)),
  /** What multiplies what an adapter that is kept apart adds: 0 is the model without it, 1, which is the default, the model as it was tuned. */
  adapterGain: v.optional(gain),
});
/** Which model a view asks: the one in use by default, or what the text is compared with. */
export const askedModel = v.object({ model: v.optional(v.literal('compared')) });

/** Compiled models: where, by default in the system's own place, and how much of them at most. */
export const cache = v.object({ folder: v.optional(v.string()), limitBytes: positive });

/**
 * How matrices are kept: as float32; `packed`, those that the model file has in blocks of few bits as they are; or those
 * that it has as floats rounded too (`8bit`, `4bit`), or all of them whatever it has (`q8_0`, `q4_0`, by the names of GGUF),
 * or every number of the model rounded to 16 bits (`bf16`, `fp16`) as `model.to(dtype)` of PyTorch does, which is approximate.
 * `auto` chooses among the exact forms by what fits and what is faster, and takes rounded ones only where somebody has had them
 * made because nothing else fits.
 */
export const WEIGHT_STORAGES = ['auto', 'float32', 'packed', '8bit', '4bit', 'q8_0', 'q4_0', 'bf16', 'fp16'] as const;
export const weights = v.optional(v.picklist(WEIGHT_STORAGES), 'auto');
export type AskedStorage = v.InferOutput<typeof weights>;
/** What came of it. */
export type WeightStorage = Exclude<AskedStorage, 'auto' | 'q8_0' | 'q4_0'>;

/** A folder of PEFT's, or a GGUF file: what is merged into the model. */
export const adapter = v.optional(v.string());

export const sampling = v.object({
  /** Logits are divided by it; 0 takes the most probable token. */
  temperature: v.pipe(v.number(), v.finite(), v.minValue(0)),
  /** Only so many of the most probable tokens are left. */
  topK: v.optional(count),
  /** Only the most probable tokens that together have this probability are left (Holtzman et al. 2019, arXiv 1904.09751). */
  topP: v.optional(fraction),
  /** Only tokens of at least this share of the largest probability are left (Nguyen et al. 2024, arXiv 2407.01082). */
  minP: v.optional(fraction),
  /** The same seed draws the same tokens. */
  seed: v.optional(index, 0),
});
export type Sampling = v.InferInput<typeof sampling>;
