import type { Engine } from '../../engine/client';
import type { TokenScores } from '../../shared/engine-api';
import type { Progress } from '../../shared/progress';
import { checkStillOf } from '../engine/engine-ended';
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
 *
 * @param key of the model whose tokens they are: what it makes of them is kept under that
 * @throws EngineStopped where another one is in use by now
 */
export async function scoreInBackground(
  host: EngineHost,
  gate: EngineGate,
  key: string,
  request: Omit<Parameters<Engine['scoreInBackground']>[0], 'task'>,
  signal: AbortSignal,
  { progress, waits }: Following = {},
): Promise<TokenScores> {
  for (;;) {
    let isGivenUp = false;
    try {
      return await host.runInBackground(async ({ engine, model }, task) => {
        signal.throwIfAborted();
        checkStillOf(key, model);
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
