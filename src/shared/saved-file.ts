/** What a page has made and somebody wants to save. */
export interface SavedFile {
  /** Suggested, with its extension. */
  name: string;
  content: string | Uint8Array;
}
