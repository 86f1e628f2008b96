/** A small change of one file whose subject says that it fixes something. */
export interface FixCommit {
  /** A clone's folder. */
  repository: string;
  commit: string;
  subject: string;
  path: string;
  /** Of the file before the fix, counted from 0: the lines that it replaces or takes away. */
  lines: number[];
}
