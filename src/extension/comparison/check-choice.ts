import { defaultModelPath } from '../../../models/catalogue';
import { checkAdapter } from '../../model/model-report';
import { VitrineError } from '../../shared/errors';
import { errorText } from '../error-text';
import { chosenModel } from '../found-models/chosen-model';
import type { ComparedChoice } from './choice';

/**
 * Finds out from the headers whether an adapter fits the model in use, before anything else is compared.
 *
 * @throws VitrineError `comparison.adapter` where it does not, or is none
 */
export async function checkChoice(choice: ComparedChoice): Promise<void> {
  if (choice.kind !== 'adapter') return;
  const { path = defaultModelPath() } = chosenModel();
  try {
    await checkAdapter(path, choice.path);
  } catch (error) {
    throw new VitrineError('comparison.adapter', errorText(error), { cause: error });
  }
}
