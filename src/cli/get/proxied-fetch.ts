/**
 * `fetch` by way of the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name. Node's own knows of none before version 24,
 * and takes no dispatcher of another version of undici, which is loaded only where it is needed.
 */
export async function proxiedFetch(): Promise<typeof fetch> {
  const undici = await import('undici');
  const dispatcher = new undici.EnvHttpProxyAgent();
  const proxied = (url: string, init: object) => undici.fetch(url, { ...init, dispatcher });
  return proxied as unknown as typeof fetch;
}
