import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { HUB_URL } from '@huggingface/hub';
import { sentence, VitrineError } from '../shared/errors';
import { isMissing, reasonOf } from '../shared/system-errors';
import { hubCacheFolder, tokenFile } from './places';

/** A server that speaks Hugging Face's API, and what this machine knows of it. */
export interface Hub {
  /** Its address, without a slash at the end. */
  endpoint: string;
  /** As people are told of it. */
  host: string;
  /** Of whoever is logged in. It is sent to the hub itself and to nobody else. */
  token: string | undefined;
  /** Where models are kept, for all tools. */
  cacheFolder: string;
  /** Knows the proxy: the editor's, or that of the environment. */
  fetch: typeof fetch;
  patience: Patience;
}

/** How long the hub is waited for, in milliseconds. */
export interface Patience {
  /** Without a byte of it. */
  silence: number;
  /** Before it is asked again the first time; then twice as long, and so on. */
  retry: number;
  /** Where it says itself how long to wait: the most. */
  longestWait: number;
}

const PATIENCE: Patience = { silence: 30_000, retry: 1000, longestWait: 60_000 };

export interface HubOptions {
  fetch: typeof fetch;
  env?: NodeJS.ProcessEnv;
  home?: string;
  patience?: Patience;
}

/**
 * The hub that the environment names, by the variables that Hugging Face's own tools read.
 *
 * @throws VitrineError `hub.offline`, `hub.endpoint` or `hub.token`
 */
export async function hubOf({
  fetch,
  env = process.env,
  home = homedir(),
  patience = PATIENCE,
}: HubOptions): Promise<Hub> {
  if (/^(1|on|yes|true)$/i.test(env.HF_HUB_OFFLINE ?? '')) {
    throw new VitrineError(
      'hub.offline',
      sentence`HF_HUB_OFFLINE is set, so nothing is fetched. Take it away to get a model.`,
    );
  }
  const { href, host } = urlOf(env.HF_ENDPOINT || HUB_URL);
  return {
    endpoint: href.replace(/\/+$/, ''),
    host,
    token: await tokenOf(env, home),
    cacheFolder: hubCacheFolder(env, home),
    fetch,
    patience,
  };
}

function urlOf(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '' && url.hash === '') return url;
  throw new VitrineError(
    'hub.endpoint',
    sentence`HF_ENDPOINT is ${endpoint}, which is no address of a hub. It has to be like ${HUB_URL}.`,
  );
}

async function tokenOf(env: NodeJS.ProcessEnv, home: string): Promise<string | undefined> {
  const given = env.HF_TOKEN || env.HUGGING_FACE_HUB_TOKEN;
  const token = (given ?? (await readToken(tokenFile(env, home)))).trim();
  // A header takes nothing else.
  if (/^[\x21-\x7e]*$/.test(token)) return token || undefined;
  throw new VitrineError(
    'hub.token',
    sentence`The hub's token has characters that no token has. Set HF_TOKEN to one, or take it away.`,
  );
}

async function readToken(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw new VitrineError('hub.token', sentence`The hub's token in ${path} cannot be read: ${reasonOf(error)}.`);
  }
}
