/** What looks like a model from outside: by its name, and where it lies. */
export interface Candidate {
  path: string;
  /** As its place calls it, and the same with its folders. */
  name: string;
  longName: string;
  /** What the setting keeps of it. */
  setting: string;
}
