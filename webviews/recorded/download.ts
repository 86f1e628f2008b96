import type { SavedFile } from '../../src/shared/saved-file';

/** Has the browser keep a file where it keeps what is loaded. */
export function download({ name, content }: SavedFile): void {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(new Blob([content as BlobPart]));
  link.click();
  // The browser has begun to read it by the next turn of its own accord, not always in this one.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
