import type { MeasureRequest } from './measure';
import { type NamedProvider, packagedProviders } from './packaged';
import { type Remembered, remember } from './remembered';
import type { Measurement, Trial, TrialAnswer } from './trial';
import { type TrialOptions, tryProvider } from './try-provider';

export interface TryOptions extends TrialOptions {
  /** Told before each provider. */
  onTry?: (provider: NamedProvider) => void;
}

/** Tries every provider that this platform has, one after another, and remembers what was found for the model. */
export async function tryProviders(
  request: Omit<MeasureRequest, 'provider'>,
  model: string,
  { onTry, ...options }: TryOptions,
): Promise<Remembered> {
  const answers: [NamedProvider, TrialAnswer][] = [];
  for (const provider of packagedProviders()) {
    options.signal.throwIfAborted();
    onTry?.(provider);
    answers.push([provider, await tryProvider({ ...request, provider }, options)]);
  }
  options.signal.throwIfAborted();
  const cpu = answers.map(([provider, answer]) => provider === 'cpu' && answer).find((answer) => answer !== false);
  const trials = answers.map(([provider, answer]) => trialOf(provider, answer, cpu));
  return remember(request.cache.folder, model, trials);
}

/** An answer held against the CPU's. */
export function trialOf(provider: NamedProvider, answer: TrialAnswer, cpu: TrialAnswer | undefined): Trial {
  const failed = (reason: string): Trial => ({ provider, works: false, reason });
  if ('failure' in answer) return failed(answer.failure);
  if (!cpu || 'failure' in cpu) return failed('there is no run on the CPU to compare it with');
  const difference = largestDifference(answer, cpu);
  if (!Number.isFinite(difference)) return failed('it gives no numbers');
  const tokensPerSecond = (answer.logprobs.length + 1) / answer.seconds;
  return { provider, works: true, tokensPerSecond, difference, cpuOperators: answer.cpuOperators };
}

function largestDifference({ logprobs }: Measurement, cpu: Measurement): number {
  return logprobs.reduce(
    (largest, logprob, i) => Math.max(largest, Math.abs(logprob - (cpu.logprobs[i] as number))),
    0,
  );
}
