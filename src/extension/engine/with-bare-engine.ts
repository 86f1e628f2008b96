import { type Engine, startEngine } from '../../engine/client';
import { spokenLanguage } from '../spoken-language';

/** Does something in an engine of its own, which loads no model and ends with it. */
export async function withBareEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = startEngine({ language: spokenLanguage() });
  try {
    return await work(engine);
  } finally {
    await engine.stop();
  }
}
