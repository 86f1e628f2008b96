import * as v from 'valibot';
import { PROVIDERS } from '../../shared/request-fields';

const named = v.picklist(PROVIDERS.filter((provider) => provider !== 'auto'));

/** Operators of the graphs that a provider leaves to the CPU, and how many nodes each has. */
const cpuOperators = v.array(v.object({ operator: v.string(), nodes: v.number() }));
export type CpuOperators = v.InferOutput<typeof cpuOperators>;

/** What a short run on a provider showed. */
export const trial = v.variant('works', [
  v.object({
    provider: named,
    works: v.literal(true),
    tokensPerSecond: v.number(),
    /** The largest difference of a logprob from the CPU's; 0 for the CPU. */
    difference: v.number(),
    cpuOperators,
  }),
  v.object({ provider: named, works: v.literal(false), reason: v.string() }),
]);
export type Trial = v.InferOutput<typeof trial>;
export type WorkingTrial = Extract<Trial, { works: true }>;

/** What a trial's process sends. */
export const measurement = v.object({
  seconds: v.pipe(v.number(), v.gtValue(0)),
  /** Of the tokens that were read, from the second on. */
  logprobs: v.instance(Float32Array),
  cpuOperators,
});
export type Measurement = v.InferOutput<typeof measurement>;

export const trialAnswer = v.union([measurement, v.object({ failure: v.string() })]);
export type TrialAnswer = v.InferOutput<typeof trialAnswer>;

/** `Add (90), LogSoftmax`. */
export function describeOperators(operators: CpuOperators): string {
  return operators.map(({ operator, nodes }) => (nodes > 1 ? `${operator} (${nodes})` : operator)).join(', ');
}
