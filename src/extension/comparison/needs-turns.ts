import { defaultModelPath } from '../../../models/catalogue';
import { fitTogether } from '../../model/model-report';
import { MODEL_OF_SETTINGS } from '../engine/model-choice';
import { type ComparedChoice, engineChoiceOf } from './choice';

/**
 * Whether memory does not hold both models: then one makes room before the other reads.
 *
 * @param isLoaded whether A has its memory already
 */
export async function needsTurns(choice: ComparedChoice, isLoaded: boolean): Promise<boolean> {
  const engine = engineChoiceOf(choice);
  if (!engine) return false;
  const forms = [engine.current(), ...(isLoaded ? [] : [MODEL_OF_SETTINGS.current()])];
  return !(await fitTogether(forms.map(({ path = defaultModelPath(), weights }) => ({ path, weights }))));
}
