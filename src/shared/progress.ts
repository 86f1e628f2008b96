/** Told how far a long step is; what `done` and `total` count is up to the step. */
export type Progress = (done: number, total: number) => void;
