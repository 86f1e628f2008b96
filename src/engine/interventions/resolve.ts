import { hasAttention, kindOf, type ModelConfig } from '../../model/config';
import { sentence, VitrineError } from '../../shared/errors';
import type { ValidRequests } from '../../shared/requests';
import type { LoadedModel } from '../loaded-model';
import { checkAttention, checkHead, checkRange } from '../ranges';
import type { Interventions } from './interventions';
import { noInterventions } from './interventions';
import { resolvePatches } from './patches';

export type AskedInterventions = Pick<
  ValidRequests['forward'],
  'headMask' | 'hidden' | 'patches' | 'steering' | 'adapterGain'
>;

/**
 * What the reading of a text is to compute otherwise. Patches are looked up or computed at once: the traces that they come
 * from may be gone when the text is read again.
 *
 * @throws VitrineError `request.range`, `request.adapterGain`, `trace.gone`, `trace.streams`, AbortError
 */
export async function resolveInterventions(
  model: LoadedModel,
  { headMask, hidden, patches, steering, adapterGain = 1 }: AskedInterventions,
  ids: Uint32Array,
  signal: AbortSignal,
): Promise<Interventions> {
  const { config } = model.compiled;
  return {
    headMask: headMaskOf(config, headMask),
    hidden: hiddenOf(config, hidden, ids),
    steering: steering && checkSteering(config, steering),
    adapterGain: checkGain(model, adapterGain),
    patches: await resolvePatches(model, patches, ids, signal),
  };
}

/** A model has a gain of 1, whatever it is. */
function checkGain({ compiled: { config, hasAdapterGain } }: LoadedModel, gain: number): number {
  if (hasAdapterGain || gain === 1) return gain;
  throw new VitrineError(
    'request.adapterGain',
    config.adapter === undefined
      ? sentence`${config.name} has no adapter whose gain could be changed. Choose one first.`
      : sentence`The adapter of ${config.name} is merged into its weights, so that its gain cannot be changed. Load it as one that is kept apart.`,
  );
}

function headMaskOf(config: ModelConfig, changes: AskedInterventions['headMask']): Float32Array {
  const { headMask } = noInterventions(config);
  for (const { layer, head, value } of changes) {
    checkHead(config, { layer, head });
    checkAttention(config, layer);
    headMask[layer * config.numAttentionHeads + head] = value;
  }
  return headMask;
}

/** Every position once, ascending. */
function hiddenOf(config: ModelConfig, ranges: AskedInterventions['hidden'], ids: Uint32Array): number[] {
  for (const range of ranges) checkRange({ ids }, range);
  if (ranges.length > 0) refuseStates(config);
  const positions = ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
  return [...new Set(positions)].sort((a, b) => a - b);
}

/** A state has taken up every token before: none can be hidden from those after it. */
export function refuseStates(config: ModelConfig): void {
  const layer = config.kindOfLayer.findIndex((_, number) => !hasAttention(kindOf(config, number)));
  if (layer < 0) return;
  throw new VitrineError(
    'request.hidden',
    sentence`Tokens of ${config.name} cannot be hidden from later ones: its layer ${layer} has no attention, and carries all tokens on in a state. Choose another model.`,
  );
}

/** @throws VitrineError `request.steering` where directions are of another model, or no numbers */
export function checkSteering(
  { name, numHiddenLayers, hiddenSize }: ModelConfig,
  steering: Float32Array,
): Float32Array {
  if (steering.length !== numHiddenLayers * hiddenSize) {
    throw new VitrineError(
      'request.steering',
      sentence`What was to be added to the layers of ${name} has ${steering.length} numbers, and this model takes ${numHiddenLayers} × ${hiddenSize}. Take directions that were made with this model.`,
    );
  }
  if (!steering.every(Number.isFinite)) {
    throw new VitrineError(
      'request.steering',
      sentence`What was to be added to the layers of ${name} has places without a number. Take other directions.`,
    );
  }
  return steering;
}
