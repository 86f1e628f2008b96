import { VitrineError } from '../../shared/errors';

/**
 * `fetch` by way of the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name. Node's own knows of none before version 24,
 * and takes no dispatcher of another version of undici, which is loaded only where it is needed.
 *
 * @throws VitrineError `hub.proxy` where they name none, without what they say: it may hold a password
 */
export async function proxiedFetch(): Promise<typeof fetch> {
  const undici = await import('undici');
  let dispatcher: InstanceType<typeof undici.EnvHttpProxyAgent>;
  try {
    dispatcher = new undici.EnvHttpProxyAgent();
  } catch (cause) {
    const reason = 'HTTPS_PROXY or HTTP_PROXY is no address of a proxy. It has to be like http://HOST:PORT.';
    throw new VitrineError('hub.proxy', reason, { cause });
  }
  const proxied = (url: string, init: object) => undici.fetch(url, { ...init, dispatcher });
  return proxied as unknown as typeof fetch;
}
