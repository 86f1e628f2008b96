import { TaskStatus } from '@lit/task';

/** Why a task has failed, in a sentence; undefined where it has not. */
export function taskError({ status, error }: { status: TaskStatus; error: unknown }): string | undefined {
  if (status !== TaskStatus.ERROR) return undefined;
  return error instanceof Error ? error.message : String(error);
}
