import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Frees what nothing refers to any more: V8 waits with it for more to be made, which does not come while nobody asks. */
export function collectGarbage(): void {
  collect();
}
