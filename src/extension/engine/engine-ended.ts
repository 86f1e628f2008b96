import { VitrineError } from '../../shared/errors';

/** Whether work failed because the engine ended, or ended too often: nothing is wrong with what it worked on. */
export function isEngineEnded(error: unknown): boolean {
  return error instanceof VitrineError && (error.code === 'engine.died' || error.code === 'engine.crashes');
}
