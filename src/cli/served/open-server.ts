import { isLoopback, type ModelServer, modelServer } from '../../remote/model-server';
import { proxiedFetch } from '../get/proxied-fetch';

/** Of whoever uses a server. An option would show it to everybody who lists the processes of this machine. */
const KEY_VARIABLE = 'VITRINE_SERVER_KEY';

/**
 * The server at an address, with the key of the environment.
 *
 * @throws VitrineError `server.address`, `server.insecure`, `server.key` or `hub.proxy`
 */
export async function openServer(address: string): Promise<ModelServer> {
  const own = modelServer({ address, key: process.env[KEY_VARIABLE], fetch });
  // What is asked of this machine itself goes through no proxy, whatever the environment says.
  return isLoopback(new URL(own.address)) ? own : { ...own, fetch: await proxiedFetch() };
}
