import type { ChildProcess } from 'node:child_process';

/**
 * Ends a process at once. One that could not be started has no id, and Node would signal id 0 in its place, which is
 * every process of this one's own group.
 */
export function kill(child: ChildProcess): void {
  if (child.pid !== undefined && child.pid > 0) child.kill('SIGKILL');
}
