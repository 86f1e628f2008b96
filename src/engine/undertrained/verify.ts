import { setImmediate } from 'node:timers/promises';
import type { Work } from '../../shared/progress';
import type { VerifiedToken } from '../../shared/undertrained-api';
import { checkTokenIds } from '../../tokenizer/model-text';
import { unembeddingUnder } from '../adapter-gain';
import { noInterventions } from '../interventions/interventions';
import type { LoadedModel } from '../loaded-model';
import { Prefill } from '../prefill';
import { residualOf } from '../trace';
import { logprobsOf } from '../unembed';
import { promptsFor } from './prompts';

/** Tokens that the model writes after a prompt. */
const WRITTEN = 3;

/** How probable a model finds each token where it is to repeat it: what it was not trained on it cannot say. */
export async function verifyTokens(
  model: LoadedModel,
  ids: readonly number[],
  { signal, progress }: Work,
): Promise<VerifiedToken[]> {
  checkTokenIds(model.tokenizer, model.compiled.config, [...ids]);
  const prompts = promptsFor(model.tokenizer);
  // The text that somebody looks at stays at hand.
  const prefill = new Prefill(model.sessions, model.compiled, async () => false);
  const verified: VerifiedToken[] = [];
  for (const [i, id] of ids.entries()) {
    const answers: VerifiedToken['prompts'][number][] = [];
    for (const [j, prompt] of prompts.entries()) {
      progress(i * prompts.length + j, ids.length * prompts.length);
      answers.push({ name: prompt.name, ...(await ask(model, prefill, prompt.with(id), id, signal)) });
    }
    verified.push({ id, probability: Math.max(...answers.map(({ probability }) => probability)), prompts: answers });
  }
  progress(ids.length * prompts.length, ids.length * prompts.length);
  return verified;
}

/** What the model writes after a prompt, its first guess each time, and the largest probability that it gives a token there. */
async function ask(
  model: LoadedModel,
  prefill: Prefill,
  prompt: number[],
  token: number,
  signal: AbortSignal,
): Promise<{ probability: number; answer: string }> {
  const { compiled, sessions, tokenizer } = model;
  const { config } = compiled;
  const task = { signal, progress: () => {} };
  const none = noInterventions(config);
  const { trace } = await prefill.run(checkTokenIds(tokenizer, compiled.config, prompt), none, task);
  await prefill.restore(trace, task);
  prefill.cache.reserve(prompt.length + WRITTEN);
  let residual = residualOf(trace, config.numHiddenLayers, prompt.length - 1, prompt.length);
  const written: number[] = [];
  let probability = 0;
  while (written.length < WRITTEN) {
    await setImmediate();
    signal.throwIfAborted();
    const logprobs = await logprobsOf(unembeddingUnder(sessions, compiled, none), config, residual);
    probability = Math.max(probability, Math.exp(logprobs[token] as number));
    const guess = logprobs.reduce((best, logprob, id) => (logprob > (logprobs[best] as number) ? id : best), 0);
    written.push(guess);
    if (compiled.endTokens.has(guess)) break;
    if (written.length < WRITTEN) residual = await prefill.next(guess, none, task);
  }
  return { probability, answer: tokenizer.decode(written) };
}
