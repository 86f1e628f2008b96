import { bytesOfWeights, triangleOf } from '../../recording/coded-weights';
import {
  ADDITIONS_TOKENS,
  type RecordedInside,
  type RecordedRollout,
  type RecordedTrace,
  ROLLOUT_TOKENS,
} from '../../recording/recording';
import { alternativesKnown } from '../../shared/alternatives';
import type { ModelInfo, Predictions } from '../../shared/engine-api';
import type { InspectorState, Lenses, Runs } from '../../shared/inspector-api';
import { addedBy } from '../../shared/steering';
import { recordAttention } from './attention';
import { recordExperts } from './experts';
import { recordHeadRow } from './head-row';
import { lensWindows, recordLens } from './lens';
import type { Steps } from './steps';
import type { TracedSubject } from './subject';
import { recordDistribution } from './vocabulary';
import { recordWhy } from './why';

/** How many steps it takes at most. */
export const traceSteps = (subject: TracedSubject): number => subject.layers + lensWindows(subject).length + 8;

/** What is recorded of a trace, and whom to tell how far it is. */
interface TraceSources {
  lenses: Lenses;
  runs: Runs;
  subject: TracedSubject;
  state: InspectorState;
  steps: Steps;
  /** For what takes long. */
  task: number;
}

/** Everything that the model computed for a text and the views show, as far as it tells. */
export async function recordTrace(sources: TraceSources, { capabilities }: ModelInfo): Promise<RecordedTrace> {
  const { lenses, runs, subject, state, steps, task } = sources;
  const { trace, tokens } = subject;
  const ids = [...(state.subject?.read?.ids ?? [])];
  const topK = alternativesKnown(state.model);
  const predictions = capabilities.hasLogprobs
    ? await steps.step(() => lenses.predictions({ trace, from: 0, to: tokens, topK }))
    : undefined;
  return {
    predictions,
    inside: predictions && capabilities.hasResidualStream ? await recordInside(sources, predictions) : undefined,
    distribution: capabilities.hasDistributions
      ? await steps.step(() => recordDistribution(lenses, subject))
      : undefined,
    unablated:
      state.ablated.length > 0
        ? await steps.step(() => runs.score({ task, ids, steering: addedBy(state.steering) }))
        : undefined,
  };
}

async function recordInside(
  { lenses, runs, subject, state, steps, task }: TraceSources,
  predictions: Predictions,
): Promise<RecordedInside> {
  const { trace, tokens } = subject;
  const { layer, head } = state.selected;
  const chosen = layer === undefined || head === undefined ? undefined : { layer, head };
  const heads = await lenses.heads({ trace });
  return {
    heads,
    attention: await recordAttention(lenses, subject, chosen, steps),
    headRow: await steps.step(() => recordHeadRow(lenses, subject, heads, chosen)),
    rollout: await steps.step(() => recordRollout(runs, subject, task)),
    lens: await recordLens(lenses, subject, steps),
    experts: await steps.step(() => recordExperts(lenses, subject)),
    additions: tokens <= ADDITIONS_TOKENS ? await steps.step(() => runs.additions({ task, trace })) : undefined,
    why: await steps.step(() => recordWhy(lenses, subject, state, predictions)),
  };
}

async function recordRollout(runs: Runs, subject: TracedSubject, task: number): Promise<RecordedRollout> {
  const { trace, tokens, selected } = subject;
  if (tokens <= ROLLOUT_TOKENS) {
    const shares = await runs.rollout({ task, trace, from: 0, to: tokens });
    return { every: bytesOfWeights(triangleOf(shares, tokens)), row: undefined };
  }
  if (selected === undefined) return { every: undefined, row: undefined };
  const shares = await runs.rollout({ task, trace, from: selected, to: selected + 1 });
  return { every: undefined, row: { query: selected, shares: bytesOfWeights(shares) } };
}
