/** What looks like a model from outside: by its name, and where it lies. */
export interface Candidate {
  path: string;
  /** As its place calls it, and the same with its folders. */
  name: string;
  longName: string;
  /** What the setting keeps of it. */
  setting: string;
}

/** Where a cache of Hugging Face's has the files of a repository's revision. */
const REVISION = /^models--([^/]+)--([^/]+)\/snapshots\/[^/]+\//;

/** A path in such a cache as people call it, `OWNER/NAME/…`; any other as it is. */
export const withoutRevision = (path: string): string => path.replace(REVISION, '$1/$2/');
