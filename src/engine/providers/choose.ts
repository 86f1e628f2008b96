import { type Sentence, sentence } from '../../shared/errors';
import type { NamedProvider } from './packaged';
import type { Trial, WorkingTrial } from './trial';

/** The provider that `auto` means from now on, and why, as a clause. */
export interface Choice {
  provider: NamedProvider;
  reason: Sentence;
}

/** Larger differences of a logprob than this are not rounding: the provider computes something else. */
const LARGEST_DIFFERENCE = 1e-3;

/** The fastest provider whose numbers are the CPU's; the CPU where none is faster. */
export function choose(trials: readonly Trial[]): Choice {
  const cpu = trials.find((trial): trial is WorkingTrial => trial.works && trial.provider === 'cpu');
  if (!cpu) return { provider: 'cpu', reason: sentence`there was nothing to compare others with` };
  const faster = trials.filter(
    (trial): trial is WorkingTrial => objectionTo(trial, cpu) === undefined && trial.provider !== 'cpu',
  );
  const [best] = faster.sort((one, other) => other.tokensPerSecond - one.tokensPerSecond);
  if (!best) return { provider: 'cpu', reason: sentence`no other provider is faster and agrees with it` };
  const times = best.tokensPerSecond / cpu.tokensPerSecond;
  return {
    provider: best.provider,
    reason: sentence`it is ${{ number: times, decimals: times < 10 ? 1 : 0 }} times as fast as the CPU`,
  };
}

/** Why a provider does not stand in for the CPU, or undefined where it may. */
export function objectionTo(trial: Trial, cpu: WorkingTrial): string | undefined {
  if (!trial.works) return trial.reason;
  if (trial.difference > LARGEST_DIFFERENCE) {
    return `its logprobs differ from the CPU's by up to ${trial.difference.toPrecision(2)}`;
  }
  return trial.tokensPerSecond <= cpu.tokensPerSecond ? 'it is not faster than the CPU' : undefined;
}
