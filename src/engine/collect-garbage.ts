import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** So that the answer goes out first. */
const SOON_MS = 100;

let soon: NodeJS.Timeout | undefined;

/**
 * Frees what nothing refers to any more, which takes about 10 ms: V8 by itself waits for more to be made, of which it does
 * not see how large it is.
 */
export function collectGarbageSoon(): void {
  if (soon) return;
  soon = setTimeout(() => {
    soon = undefined;
    collect();
  }, SOON_MS);
}
