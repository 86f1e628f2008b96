import { defaultModelPath } from '../../../models/catalogue';
import { fitTogether } from '../../model/model-report';
import { warn } from '../output';
import { isServed } from '../served/served-options';
import type { Load, LoadedModel } from '../session';
import type { AskedModels } from './asked-models';

export type SideName = 'a' | 'b';

/** What came of both models. */
export interface Both<T> {
  a: T;
  b: T;
  /** Whether memory holds only one of them: whichever runs, the other has to let go of its own before. */
  takesTurns: boolean;
}

/**
 * Lets A be used, then B. Both are loaded before, so that what is wrong with one is known at once; where memory holds only
 * one, B is loaded when A has let go of it.
 */
export async function useBoth<T>(
  load: Load,
  { a, b, isOneModel }: AskedModels,
  use: (model: LoadedModel, side: SideName) => Promise<T>,
): Promise<Both<T>> {
  const isOnServer = [a, b].some(isServed);
  const takesTurns = !isOneModel && !isOnServer && !(await fitTogether([a, b].map(formOf)));
  if (takesTurns) warn('Memory holds only one of the two models: they take turns, which takes longer.');
  const modelA = await load(a, isOneModel ? undefined : 'A');
  const loadB = async () => (isOneModel ? modelA : load(b, 'B'));
  const early = takesTurns ? undefined : await loadB();
  const ofA = await use(modelA, 'a');
  if (takesTurns) await modelA.engine.releaseDecoder({});
  return { a: ofA, b: await use(early ?? (await loadB()), 'b'), takesTurns };
}

const formOf = ({ model: path = defaultModelPath(), weights = 'auto' }: AskedModels['a']) => ({ path, weights });
