import type { Work } from '../../shared/progress';
import { unembeddingUnder } from '../adapter-gain';
import type { LoadedModel } from '../loaded-model';
import type { Trace } from '../trace';
import { logprobsOfTokens } from '../unembed';
import type { AskedPair } from './asked-pair';
import type { Branch } from './branch';
import { runBranches, type TakenBranch } from './run-branches';

/** How probable two tokens are in each branch of a trace: natural logarithms, [branches, 2]. */
export async function measureBranches(
  model: Pick<LoadedModel, 'compiled' | 'sessions'>,
  trace: Trace,
  { position, tokens, base }: AskedPair,
  branches: readonly Branch[],
  work: Work,
): Promise<Float32Array> {
  const { config } = model.compiled;
  const logprobs = new Float32Array(branches.length * 2);
  for (let at = 0; at < logprobs.length; at += 2) logprobs.set(base, at);
  const unembedding = unembeddingUnder(model.sessions, model.compiled, trace.interventions);
  const take = async (taken: TakenBranch[]) => {
    const rows = new Float32Array(taken.length * config.hiddenSize);
    for (const [i, one] of taken.entries()) rows.set(one.rows, i * config.hiddenSize);
    const found = await logprobsOfTokens(unembedding, config, rows, tokens);
    for (const [i, { branch }] of taken.entries()) logprobs.set(found.subarray(2 * i, 2 * i + 2), 2 * branch);
  };
  await runBranches({ model, trace, asked: { from: position - 1, to: position } }, branches, take, work);
  return logprobs;
}
