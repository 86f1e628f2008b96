/** What many folders are called, in each training's: it says nothing alone. */
const COMMON = /^(checkpoint|epoch|step)[-_]?\d*$|^(adapter|best|final|hf|last|lora|merged|model|output)$/i;

/** What a model's folder is called: by its own name, and where others are called so too, with that of the folder around it. */
export function folderNameOf(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  return parts.slice(hasCommonName(path) ? -2 : -1).join('/');
}

/** Whether a folder's name says nothing without that of the folder around it. */
export const hasCommonName = (path: string): boolean =>
  COMMON.test(path.split(/[\\/]/).findLast((part) => part !== '') ?? '');
