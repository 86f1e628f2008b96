import type { CompiledModel } from '../../model/compile';
import { messageOf, type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Provider } from '../../shared/request-fields';
import { createSessions, type Sessions } from '../sessions';
import { hasSoftwareAdapter } from './machine';
import { modelKey, type Remembered, recall } from './remembered';
import { describeOperators } from './trial';

export interface StartedSessions {
  sessions: Sessions;
  /** How the provider came to be, as a clause. */
  note: Sentence;
  /** Whether `auto` had nothing to go by. */
  untried: boolean;
}

/**
 * The sessions of a model on the provider that was asked for; with `auto` on the one that was found to be fastest here, or
 * the CPU until that is known.
 *
 * @throws VitrineError `provider.missing` where one that was named cannot be had.
 */
export async function startSessions(
  model: CompiledModel,
  provider: Provider,
  { threads, cacheFolder }: { threads: number | undefined; cacheFolder: string },
): Promise<StartedSessions> {
  const known = await recall(cacheFolder, modelKey(model));
  if (provider !== 'auto') {
    const sessions = await createSessions(model, { provider, threads });
    return { sessions, note: withOperators(choiceNote(provider), known, provider), untried: false };
  }
  if (!known) {
    const sessions = await createSessions(model, { provider: 'cpu', threads });
    return { sessions, note: sentence`no other provider was tried yet`, untried: true };
  }
  const { choice } = known;
  try {
    const sessions = await createSessions(model, { provider: choice.provider, threads });
    return { sessions, note: withOperators(choice.reason, known, choice.provider), untried: false };
  } catch (error) {
    if (choice.provider === 'cpu') throw error;
    const sessions = await createSessions(model, { provider: 'cpu', threads });
    // A driver that has gone since; that it does not work now is to be found out anew.
    return { sessions, note: sentence`${choice.provider} was faster before: ${whatOf(error)}`, untried: true };
  }
}

function choiceNote(provider: Provider): Sentence {
  return provider === 'webgpu' && hasSoftwareAdapter()
    ? sentence`asked for; a software adapter, which computes on the CPU`
    : sentence`asked for`;
}

function withOperators(note: Sentence, known: Remembered | undefined, provider: Provider): Sentence {
  const trial = known?.trials.find((one) => one.provider === provider);
  if (provider === 'cpu' || !trial?.works || trial.cpuOperators.length === 0) return note;
  return sentence`${note}; on the CPU stay ${describeOperators(trial.cpuOperators)}`;
}

function whatOf(error: unknown): string | Sentence {
  return error instanceof VitrineError && error.sentence ? error.sentence : messageOf(error);
}
