import { sentence, VitrineError } from '../shared/errors';
import { type Traffic, trafficOf } from './traffic';

/** A server that runs models, and how it is asked. */
export interface ModelServer {
  /** Its address, without a slash at the end and without `/v1`. */
  address: string;
  /** As people are told of it. */
  host: string;
  /** Of whoever uses it. It is sent to this server and to nobody else. */
  key: string | undefined;
  /**
   * The host's own, which knows its proxy and the certificates that it trusts: the editor's, or on the command line that of the
   * environment. Connections are kept for some seconds, fewer than a server keeps them, and one whose request is cancelled
   * is closed, by which servers notice that nobody waits any longer.
   */
  fetch: typeof fetch;
  patience: Patience;
  /** What is asked of it at once, by whoever asks it in this process. */
  traffic: Traffic;
}

/** How long a server is waited for, in milliseconds: until it has ended its answer, twice as long as until it begins. */
export interface Patience {
  /** Until it says what it is. */
  greeting: number;
  /** Until it begins to answer: it may have others to serve first, and answers only once it has read the whole text. */
  answer: number;
  /** Without a byte of an answer that has begun. */
  silence: number;
  /** Before it is asked again the first time; then twice as long, and so on. */
  retry: number;
  /** Where it says itself how long to wait: the most. */
  longestWait: number;
}

const PATIENCE: Patience = { greeting: 10_000, answer: 290_000, silence: 30_000, retry: 500, longestWait: 60_000 };

export interface ModelServerOptions {
  address: string;
  key?: string | undefined;
  fetch: typeof fetch;
  patience?: Patience;
}

/** @throws VitrineError `server.address`, `server.insecure` or `server.key` */
export function modelServer({ address, key, fetch, patience = PATIENCE }: ModelServerOptions): ModelServer {
  const url = urlOf(address.trim());
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw new VitrineError(
      'server.insecure',
      sentence`${url.host} is asked by http, so that anybody on the way could read the text. Give an address that begins with https.`,
    );
  }
  const own = `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/v1$/, '');
  return {
    address: own,
    host: url.host,
    key: checkedKey(key?.trim()),
    fetch,
    patience,
    traffic: trafficOf(own),
  };
}

/** The addresses of this machine for which no editor and no command line takes a proxy. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether what is sent there stays on this machine. */
export const isLoopback = ({ hostname }: URL): boolean => LOOPBACK.has(hostname);

function urlOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url && isPlain && /^https?:$/.test(url.protocol)) return url;
  throw new VitrineError(
    'server.address',
    // What was given may hold a password.
    sentence`That is no address of a server. It has to be like https://HOST:PORT, or http://127.0.0.1:PORT on this machine, without a name, a password or a question behind it.`,
  );
}

function checkedKey(key: string | undefined): string | undefined {
  // A header takes nothing else.
  if (/^[\x21-\x7e]*$/.test(key ?? '')) return key || undefined;
  throw new VitrineError(
    'server.key',
    sentence`The server's key has characters that no key has. Give it again, without spaces and line breaks.`,
  );
}
