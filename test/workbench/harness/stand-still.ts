import { isAlive } from '../../support/processes';
import type { Workbench } from './workbench';

/** Does something while the engine stands still: what is asked of it meanwhile waits, on a machine of any speed. */
export async function whileEngineStandsStill(
  workbench: Workbench,
  work: (engine: number) => Promise<void>,
): Promise<void> {
  const [engine] = workbench.engines();
  if (engine === undefined) throw new Error('there is no engine');
  process.kill(engine, 'SIGSTOP');
  try {
    await work(engine);
  } finally {
    if (isAlive(engine)) process.kill(engine, 'SIGCONT');
  }
}
