import { isAbsolute } from 'node:path';
import { isLoopback, type ModelServer } from './model-server';

/**
 * The path of which a server says that it has loaded its model from there, where the server runs on this machine: another one
 * could have this machine open any file. A path of Windows that leads to another machine would tell that one who asks.
 */
export function pathHere({ address }: Pick<ModelServer, 'address'>, root: string): string | undefined {
  const isHere = isLoopback(new URL(address)) && isAbsolute(root) && !/^[\\/]{2}/.test(root);
  return isHere ? root : undefined;
}
