import { TaskStatus } from '@lit/task';
import { messageOf } from '../../src/shared/errors';

/** Why a task has failed, in a sentence; undefined where it has not. */
export function taskError({ status, error }: { status: TaskStatus; error: unknown }): string | undefined {
  if (status !== TaskStatus.ERROR) return undefined;
  return messageOf(error);
}
