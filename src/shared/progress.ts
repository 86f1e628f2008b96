/** Told how far a long step is; what `done` and `total` count is up to the step. */
export type Progress = (done: number, total: number) => void;

/** How far a task is. */
export interface TaskProgress {
  done: number;
  total: number;
}

/** Long work that tells how far it is, and ends when the signal says so. */
export interface Work {
  signal: AbortSignal;
  progress: Progress;
}
