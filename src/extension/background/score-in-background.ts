import type { Engine } from '../../engine/client';
import type { TokenScores } from '../../shared/engine-api';
import type { EngineHost } from '../engine/engine-host';
import type { EngineGate } from './engine-gate';

/** Where somebody wants an engine meanwhile, the tokens are given up, and read again when nobody does. */
export async function scoreInBackground(
  host: EngineHost,
  gate: EngineGate,
  request: Omit<Parameters<Engine['scoreInBackground']>[0], 'task'>,
  signal: AbortSignal,
): Promise<TokenScores> {
  for (;;) {
    let isGivenUp = false;
    try {
      return await host.runInBackground(({ engine }) => {
        const task = host.newTask();
        const stop = () => void engine.cancel({ task }).catch(() => {});
        signal.addEventListener('abort', stop, { once: true });
        const giveUp = () => {
          isGivenUp = true;
          stop();
        };
        return gate
          .yielding(engine.scoreInBackground({ task, ...request }), giveUp)
          .finally(() => signal.removeEventListener('abort', stop));
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!isGivenUp) throw error;
      await gate.whenFree(signal);
    }
  }
}
