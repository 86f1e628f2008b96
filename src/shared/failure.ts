import { type Sentence, sentence, VitrineError } from './errors';

/** What a VitrineError is made of: its class would not survive the way between processes and threads. */
export interface Failure {
  code: string;
  text: string | Sentence;
}

/** Any thrown value as data. @param defect what is said of one that is nobody's sentence */
export function failureOf(error: unknown, defect: (error: unknown) => Failure): Failure {
  if (error instanceof VitrineError) return { code: error.code, text: error.sentence ?? error.message };
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'task.cancelled', text: sentence`Cancelled.` };
  return defect(error);
}
