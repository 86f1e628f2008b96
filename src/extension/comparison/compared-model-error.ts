import { sentence, VitrineError } from '../../shared/errors';
import { errorText } from '../error-text';

/** What went wrong with the model that the text is held against, told as that one's. Its code is that of the error. */
export class ComparedModelError extends VitrineError {
  /** @param label what B is called */
  constructor(label: string, error: unknown) {
    const code = error instanceof VitrineError ? error.code : 'comparison.failed';
    super(code, sentence`B (${label}) could not answer. ${errorText(error)}`, { cause: error });
  }
}
