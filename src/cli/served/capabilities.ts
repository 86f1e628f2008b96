import { absence, type Capability } from '../../shared/capabilities';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import type { InspectRequest } from '../inspect/inspection';

/** What takes more than how probable the tokens of a text are. */
type AskedOfModel = Pick<
  InspectRequest,
  'attention' | 'heads' | 'experts' | 'lensTopK' | 'why' | 'ablate' | 'steer' | 'occlude'
> & { patch?: InspectRequest['patch'] };

/** What an inspection takes of a model. @param written what is written of it beside */
export function capabilitiesFor(
  { attention, heads, experts, lensTopK, why, ablate, steer, occlude, patch }: AskedOfModel,
  { residuals }: { residuals?: unknown } = {},
): Partial<Record<Capability, boolean>> {
  return {
    hasAttention: heads || attention.length > 0,
    hasResidualStream: experts || [lensTopK, why, residuals].some((asked) => asked !== undefined),
    hasInterventions: ablate.length > 0 || [steer, occlude, patch].some((asked) => asked !== undefined),
  };
}

/**
 * Refuses what a model cannot give, before it has read anything.
 *
 * @param asked what is asked for
 * @throws VitrineError `capability.absent` or `server.noVocabulary`
 */
export function refuseAbsent(
  { name, capabilities }: Pick<ModelInfo, 'name' | 'capabilities'>,
  asked: Partial<Record<Capability, boolean>>,
): void {
  for (const [capability, isAsked] of Object.entries(asked) as [Capability, boolean][]) {
    if (!isAsked || capabilities[capability]) continue;
    const code = capability === 'hasVocabulary' ? 'server.noVocabulary' : 'capability.absent';
    throw new VitrineError(code, absence(capability, name));
  }
}
