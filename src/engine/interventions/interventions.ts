import type { RowChange } from '../row-changes';

/** What a run computes otherwise than the model would, in values: a trace that patches came from is not needed again. */
export interface Interventions {
  /** [L, H]: what multiplies what each head gives; 1 leaves a head, 0 switches it off. */
  headMask: Float32Array;
  /** Positions that later ones may not look at, ascending. */
  hidden: readonly number[];
  /** At sites of the decoder and positions of the text: what stands there in the end. No place twice; as `inOrder` has them. */
  patches: readonly RowChange[];
  /** [L, C]: added to the stream that leaves each layer, at every position but those that are patched there. */
  steering: Float32Array | undefined;
  /** What multiplies what an adapter that is kept apart adds to the weights; 1 where there is none. */
  adapterGain: number;
}

/** Of a model as it is. */
export function noInterventions(config: { numHiddenLayers: number; numAttentionHeads: number }): Interventions {
  const headMask = new Float32Array(config.numHiddenLayers * config.numAttentionHeads).fill(1);
  return { headMask, hidden: [], patches: [], steering: undefined, adapterGain: 1 };
}

/** Whether a run computes anything otherwise than the model would. */
export const isChanged = ({ headMask, hidden, patches, steering, adapterGain }: Interventions): boolean =>
  hidden.length > 0 ||
  patches.length > 0 ||
  steering !== undefined ||
  adapterGain !== 1 ||
  headMask.some((gain) => gain !== 1);

/** The order of patches: by position, then by site. */
export const inOrder = (a: RowChange, b: RowChange) => a.row - b.row || a.site - b.site;

/** How many positions from the first on are computed alike under both, where the tokens are the same: infinitely many where both are. */
export function agreeUpTo(a: Interventions, b: Interventions): number {
  const alike =
    a.adapterGain === b.adapterGain &&
    areSame(a.headMask, b.headMask) &&
    areSame(a.steering ?? NOTHING, b.steering ?? NOTHING);
  return alike ? Math.min(firstApart(a.hidden, b.hidden), firstPatchApart(a.patches, b.patches)) : 0;
}

const NOTHING = new Float32Array();

function areSame(a: Float32Array, b: Float32Array): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}

/** The least number that only one of two ascending lists has. */
function firstApart(a: readonly number[], b: readonly number[]): number {
  const [longer, shorter] = a.length > b.length ? [a, b] : [b, a];
  const at = longer.findIndex((position, i) => position !== shorter[i]);
  return Math.min(longer[at] ?? Number.POSITIVE_INFINITY, shorter[at] ?? Number.POSITIVE_INFINITY);
}

/** The first position that not both patch alike. */
function firstPatchApart(a: readonly RowChange[], b: readonly RowChange[]): number {
  const [longer, shorter] = a.length > b.length ? [a, b] : [b, a];
  const at = longer.findIndex((patch, i) => !isSamePatch(patch, shorter[i]));
  return Math.min(longer[at]?.row ?? Number.POSITIVE_INFINITY, shorter[at]?.row ?? Number.POSITIVE_INFINITY);
}

const isSamePatch = (a: RowChange, b: RowChange | undefined) =>
  a.site === b?.site && a.row === b.row && areSame(a.values, b.values);

/** Every array, for those who count memory. */
export const valuesOf = ({ headMask, patches, steering }: Interventions): Float32Array[] => [
  headMask,
  ...patches.map(({ values }) => values),
  ...(steering ? [steering] : []),
];
