import { type Sentence, sentence, VitrineError } from '../shared/errors';
import { isDiskFull, reasonOf, systemCodeOf } from '../shared/system-errors';
import type { Hub } from './hub';

/** What is told where the cache takes no files. Errors that have their sentence stay as they are. */
export function storageError(hub: Hub, error: unknown): unknown {
  if (systemCodeOf(error) === undefined) return error;
  if (isDiskFull(error)) {
    return new VitrineError(
      'hub.disk',
      sentence`The disk of ${hub.cacheFolder} is full. Free some space, or set HF_HOME to a folder on another disk; what has come is kept.`,
      { cause: error },
    );
  }
  return noPlace(hub, reasonOf(error), error);
}

/** @param reason a clause */
export function noPlace({ cacheFolder }: Hub, reason: Sentence | string, cause?: unknown): VitrineError {
  return new VitrineError(
    'hub.cache',
    sentence`Models cannot be written to ${cacheFolder}: ${reason}. Put that right, or set HF_HOME to another folder.`,
    { cause },
  );
}
