import { defaultModelPath } from '../../../models/catalogue';
import { fitTogether } from '../../model/model-report';
import type { ModelChoice } from '../engine/model-choice';
import { type ComparedChoice, engineChoiceOf } from './choice';

/**
 * Whether memory does not hold both models: then one makes room before the other reads.
 *
 * @param inUse what A is
 * @param isLoaded whether A has its memory already
 */
export async function needsTurns(choice: ComparedChoice, inUse: ModelChoice, isLoaded: boolean): Promise<boolean> {
  const engine = engineChoiceOf(choice);
  if (!engine) return false;
  const forms = [engine.current(), ...(isLoaded ? [] : [inUse.current()])];
  const files = forms.filter((form) => form.kind === 'file');
  // One that runs on a server takes none of this machine's.
  if (files.length < forms.length) return false;
  return !(await fitTogether(files.map(({ path = defaultModelPath(), weights }) => ({ path, weights }))));
}
