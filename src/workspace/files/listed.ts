/** Paths in a folder, with `/`. */
export interface Listed {
  /** In order. */
  kept: string[];
  /** What Git would ignore; folders end with a slash, and what is in them is not listed. */
  ignored: string[];
}
