import { type Engine, startEngine } from '../../engine/client';

/** Does something in an engine of its own, which loads no model and ends with it. */
export async function withBareEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = startEngine();
  try {
    return await work(engine);
  } finally {
    await engine.stop();
  }
}
