import { setImmediate } from 'node:timers/promises';
import type { ModelConfig } from '../../model/config';
import { sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import type { Sampling } from '../../shared/request-fields';
import { candidates, draw, randomFrom } from '../../shared/sampling';
import { unembeddingUnder } from '../adapter-gain';
import type { Prefill } from '../prefill';
import type { Session } from '../sessions';
import { residualOf, type Trace } from '../trace';
import { logprobsOf } from '../unembed';
import type { LensOf } from './lens';

/** A token that was drawn, with its log-probability before any sampling control. */
interface DrawnToken {
  id: number;
  logprob: number;
}

/** How the model goes on writing a text. */
export const continuation: LensOf<'continuation'> = {
  runsGraph: true,
  async answer({ count, sampling }, { model, trace, signal, progress }) {
    const { compiled, sessions, prefill, tokenizer } = model;
    const request = { count, sampling, ends: compiled.endTokens };
    const task = { signal, progress: progress('continue') };
    const unembedding = unembeddingUnder(sessions, compiled, trace.interventions);
    const drawn = await continueText(unembedding, compiled.config, prefill, trace, request, task);
    const tokens = drawn.map(({ id, logprob }) => ({ id, text: tokenizer.tokenText(id), logprob }));
    return { text: tokenizer.decode(drawn.map(({ id }) => id)), tokens };
  },
};

/** Continues a text token by token, over the keys and values of its reading. Ends after `count` tokens, or with one of `ends`. */
async function continueText(
  unembedding: Session,
  config: ModelConfig,
  prefill: Prefill,
  trace: Trace,
  { count, sampling, ends }: { count: number; sampling: Sampling; ends: ReadonlySet<number> },
  task: Work,
): Promise<DrawnToken[]> {
  await prefill.restore(trace, task);
  const random = randomFrom(sampling.seed ?? 0);
  const tokens: DrawnToken[] = [];
  const last = trace.ids.length - 1;
  let residual = residualOf(trace, config.numHiddenLayers, last, last + 1);
  const most = Math.min(count, config.contextLength - trace.ids.length);
  if (most === 0) {
    throw new VitrineError(
      'text.full',
      sentence`The text fills the context of ${config.name}, ${config.contextLength} tokens, and leaves no room to continue. Take a shorter one.`,
    );
  }
  prefill.cache.reserve(trace.ids.length + most);
  while (tokens.length < most) {
    task.progress(tokens.length, most);
    await setImmediate();
    task.signal.throwIfAborted();
    const logprobs = await logprobsOf(unembedding, config, residual);
    const { id } = draw(candidates(logprobs, sampling), random());
    tokens.push({ id, logprob: logprobs[id] as number });
    if (ends.has(id)) break;
    if (tokens.length < most) residual = await prefill.next(id, trace.interventions, task);
  }
  task.progress(most, most);
  return tokens;
}
