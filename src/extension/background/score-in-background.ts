import type { Engine } from '../../engine/client';
import type { TokenScores } from '../../shared/engine-api';
import type { Progress } from '../../shared/progress';
import type { EngineHost } from '../engine/engine-host';
import type { EngineGate } from './engine-gate';

/** Who wants to know how work goes for which nobody waits. */
export interface Following {
  progress?: Progress | undefined;
  /** Told when it stands back for somebody, and when it goes on. */
  waits?: ((isWaiting: boolean) => void) | undefined;
}

/**
 * Where somebody wants an engine of this machine meanwhile, the tokens are given up, and read again when nobody does. A server
 * has its own place for those who wait.
 */
export async function scoreInBackground(
  host: EngineHost,
  gate: EngineGate,
  request: Omit<Parameters<Engine['scoreInBackground']>[0], 'task'>,
  signal: AbortSignal,
  { progress, waits }: Following = {},
): Promise<TokenScores> {
  for (;;) {
    let isGivenUp = false;
    try {
      return await host.runInBackground(({ engine, model }, task) => {
        const stop = () => void engine.cancel({ task }).catch(() => {});
        signal.addEventListener('abort', stop, { once: true });
        const giveUp = () => {
          isGivenUp = true;
          stop();
        };
        const scoring = engine.scoreInBackground({ task, ...request });
        return (model.server ? scoring : gate.yielding(scoring, giveUp)).finally(() =>
          signal.removeEventListener('abort', stop),
        );
      }, progress);
    } catch (error) {
      signal.throwIfAborted();
      if (!isGivenUp) throw error;
      waits?.(true);
      await gate.whenFree(signal);
      waits?.(false);
    }
  }
}
