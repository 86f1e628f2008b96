import { sentence, VitrineError } from '../../shared/errors';

/** What whoever asks about two models is told where there is only one. */
export const nothingCompared = (): VitrineError =>
  new VitrineError(
    'comparison.none',
    sentence`The text is not compared with anything. Choose what to compare it with first.`,
  );

/** The same where both compute the same, since what B had otherwise is no longer so. */
export const nothingChanged = (): VitrineError =>
  new VitrineError(
    'comparison.same',
    sentence`A and B are the same model now: no head is switched off, and nothing steers it. Switch a head off or steer it in the inspector, or compare with something else.`,
  );

/** The same where B would put a chat into its template that is in one already. */
export const chatAlready = (): VitrineError =>
  new VitrineError(
    'comparison.chat',
    sentence`This text is read as a chat already, in the model's own template. Compare it with something else, or read it as plain text.`,
  );
