import type { ModelInfo } from '../../shared/engine-api';
import { type Sentence, VitrineError } from '../../shared/errors';
import { NO_READING_CHANGES, type ReadingChanges } from '../../shared/steering';
import { checkHead, steeringOf } from '../inspect/inspect';
import type { LoadedModel } from '../session';
import type { AskedChanges } from './asked-models';
import type { SideName } from './two-models';

/** How a model of a comparison runs. */
export interface ModelChanges {
  changes: ReadingChanges;
  /** What is odd about what it is steered by. */
  steeringNote: Sentence | undefined;
}

/** A or B. */
export interface NamedModel extends ModelChanges {
  /** What the other is not called. */
  label: string;
  model: ModelInfo;
}

/**
 * A runs as it is, B with what was asked for.
 *
 * @throws UsageError where the model lacks a head; VitrineError `adapter.merged` where there is a gain and nothing to give it to
 */
export async function changesOf(
  { engine, model }: LoadedModel,
  side: SideName,
  { ablate, steer, gain }: AskedChanges,
): Promise<ModelChanges> {
  if (side === 'a') return { changes: NO_READING_CHANGES, steeringNote: undefined };
  for (const address of ablate) checkHead(address, model);
  if (gain !== undefined && !model.hasAdapterGain) {
    throw new VitrineError(
      'adapter.merged',
      `The adapter ${model.adapter} can only be merged into the model, and then has no gain. Leave --gain out.`,
    );
  }
  const { steering, note } = await steeringOf(engine, steer);
  return { changes: { ablated: ablate, steering, adapterGain: gain }, steeringNote: note };
}
