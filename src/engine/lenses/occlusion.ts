import { sentence, VitrineError } from '../../shared/errors';
import type { ValidRequests } from '../../shared/requests';
import { unembeddingUnder } from '../adapter-gain';
import { embedTokens } from '../branches/embed-tokens';
import { branchHiding, branchReplacing } from '../branches/occluded';
import { runBranches, type TakenBranch } from '../branches/run-branches';
import { targetLogprobs } from '../branches/target-logprobs';
import { refuseStates } from '../interventions/resolve';
import { predictionsOf } from '../predictions';
import { checkIndex, checkRange } from '../ranges';
import { residualOf, type Trace } from '../trace';
import type { LensContext, LensOf } from './lens';

type Asked = ValidRequests['occlusion'];

/** How probable some tokens are where each of some spans of the text cannot be seen, or has other tokens. */
export const occlusion: LensOf<'occlusion'> = {
  runsGraph: true,
  async answer(request, context) {
    check(request, context);
    const { model, trace, signal, progress } = context;
    const { targets, spans } = request;
    const { config } = model.compiled;
    const asked = { from: targets.from - 1, to: targets.to - 1 };
    const ids = targetsOf(request, trace);
    const unembedding = unembeddingUnder(model.sessions, model.compiled, trace.interventions);
    const logprobsOf = (streams: Float32Array[]) => targetLogprobs(unembedding, config, streams, ids, signal);
    const [base] = (await logprobsOf([residualOf(trace, config.numHiddenLayers, asked.from, asked.to)])) as [
      Float32Array,
    ];
    const logprobs = new Float32Array(spans.length * ids.length);
    for (let at = 0; at < logprobs.length; at += ids.length) logprobs.set(base, at);
    const take = async (taken: TakenBranch[]) => {
      const found = await logprobsOf(taken.map(({ rows }) => rows));
      for (const [i, { branch }] of taken.entries()) {
        const changed = found[i] as Float32Array;
        logprobs.set(changed, (branch + 1) * ids.length - changed.length);
      }
    };
    const branches = await branchesOf(request, context);
    await runBranches({ model, trace, asked }, branches, take, { signal, progress: progress('ablate') });
    return { logprobs, base };
  },
};

/** The tokens whose probability is asked for; at the end of a text the most probable one. */
function targetsOf({ targets: { from, to }, ids }: Asked, trace: Trace): number[] {
  if (ids) return ids;
  const tokens = trace.ids.length;
  const [next] = to > tokens ? predictionsOf(trace, tokens - 1, tokens, 1).topIdsAfter : [];
  return [...trace.ids.subarray(from, to), ...(next === undefined ? [] : [next])];
}

async function branchesOf({ spans, replacement }: Asked, { model: { compiled }, trace }: LensContext) {
  if (replacement === undefined) return spans.map(branchHiding);
  const embedded = await embedTokens(
    compiled,
    new Uint32Array(trace.ids.length).fill(replacement),
    trace.interventions,
  );
  return spans.map((span) => branchReplacing(span, embedded, compiled.config.hiddenSize));
}

function check({ targets, ids, spans, replacement }: Asked, { model: { compiled }, trace }: LensContext): void {
  const { config } = compiled;
  checkTargets(targets, trace.ids.length);
  for (const span of spans) checkRange(trace, span);
  for (const id of [...(ids ?? []), replacement ?? 0]) checkIndex(sentence`token`, id, config.vocabSize);
  if (replacement === undefined) refuseStates(config);
  if (ids && ids.length !== targets.to - targets.from) {
    throw new VitrineError(
      'request.range',
      sentence`${ids.length} tokens were to be asked for in place of ${targets.to - targets.from}. Name one for each.`,
    );
  }
}

/** From the second token of a text on, which is the first that anything comes before, to the one after its end. */
function checkTargets({ from, to }: Asked['targets'], tokens: number): void {
  if (from >= 1 && from < to && to <= tokens + 1) return;
  throw new VitrineError(
    'request.range',
    sentence`How probable tokens are can be asked of the tokens 1 to ${tokens}, of which the last comes after the end, and ${from} to ${to} were asked for. Ask for a range inside it.`,
  );
}
