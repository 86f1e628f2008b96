import { type AskedInterventions, resolveInterventions } from '../../src/engine/interventions/resolve';
import { LoadedModel } from '../../src/engine/loaded-model';
import { predictionsOf } from '../../src/engine/predictions';
import type { Trace } from '../../src/engine/trace';
import type { ModelInfo } from '../../src/shared/engine-api';
import { type LoadedArchitecture, TASK } from './load-architecture';

export type Change = Partial<AskedInterventions>;
export const UNCHANGED: AskedInterventions = { headMask: [], hidden: [], patches: [], steering: undefined };

/** A model that has read nothing. @param other whose traces may be asked for */
export function loadedModel({ model, sessions }: LoadedArchitecture, other?: LoadedModel): LoadedModel {
  const loaded = new LoadedModel(model, sessions, {} as ModelInfo, 1e9, undefined, undefined);
  for (const trace of other?.traces ?? []) loaded.keep(trace);
  return loaded;
}

/** Reads tokens, with something changed. */
export async function readChanged(model: LoadedModel, ids: ArrayLike<number>, change: Change = {}): Promise<Trace> {
  const text = Uint32Array.from(ids);
  const interventions = await resolveInterventions(model, { ...UNCHANGED, ...change }, text, TASK.signal);
  const { trace } = await model.prefill.run(text, interventions, TASK);
  model.keep(trace);
  return trace;
}

/** Of all tokens but the first. */
export const logprobsIn = (trace: Trace) => predictionsOf(trace, 1, trace.ids.length, 0).logprob;
