import { sentence, VitrineError } from '../../shared/errors';

/** What whoever asks about two models is told where there is only one. */
export const nothingCompared = (): VitrineError =>
  new VitrineError(
    'comparison.none',
    sentence`The text is not compared with anything. Choose what to compare it with first.`,
  );
