import { setTimeout as wait } from 'node:timers/promises';
import { cancelled, sentence, VitrineError } from '../shared/errors';
import { retryAfter } from '../shared/retry-after';
import type { Hub } from './hub';
import { silent, unreachable } from './network-errors';
import { nonsense, refusalOf, type Subject } from './refusals';

/** The hub is asked so often before its answer is taken for final. */
export const MOST_TRIES = 5;

/** Of an answer that is read as a whole: a page of a list has some hundred kilobytes. */
const LONGEST_ANSWER = 32e6;

const SECOND = 1000;

/** Too many requests, and failures of the hub that may pass. */
const PASSING = new Set([429, 500, 502, 503, 504]);

/** What ends asking, and who is told of pauses in it. */
export interface Waiting {
  signal: AbortSignal;
  /** Told every second in how many the hub is asked again; 0 where it is. */
  onPause: Pause;
}

export type Pause = (seconds: number) => void;

export interface Question extends Waiting {
  subject: Subject;
  headers?: Record<string, string>;
}

export interface Answer {
  response: Response;
  /** The body as it comes. @throws VitrineError `hub.silent`, `hub.unreachable` or `task.cancelled` */
  chunks: AsyncIterable<Uint8Array>;
}

/**
 * Asks the hub, and again where it says that it is busy or fails for now.
 *
 * @throws VitrineError `task.cancelled`, or with the reason why there is no answer
 */
export async function ask(hub: Hub, url: string, question: Question): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const answer = await askOnce(hub, url, question);
    const { response } = answer;
    if (response.ok) return answer;
    await response.body?.cancel().catch(() => {});
    const pause = pauseBefore(hub, tried, response);
    if (tried === MOST_TRIES || !PASSING.has(response.status) || pause > hub.patience.longestWait) {
      throw refusalOf(hub, response, question.subject);
    }
    await pauseFor(pause, question);
  }
}

/** Whether what failed may go better the next time. */
export function isPassing(error: unknown): boolean {
  return error instanceof VitrineError && ['hub.silent', 'hub.unreachable'].includes(error.code);
}

/** @throws VitrineError `task.cancelled` */
export async function pauseFor(milliseconds: number, { signal, onPause }: Waiting): Promise<void> {
  for (let left = milliseconds; left > 0; left -= SECOND) {
    onPause(Math.ceil(left / SECOND));
    await wait(Math.min(left, SECOND), undefined, { signal }).catch(() => {
      throw cancelled();
    });
  }
  onPause(0);
}

/** Milliseconds until the hub is asked again: as it says itself, in seconds or by a date, or longer with every time. */
export function pauseBefore({ patience }: Hub, tried: number, response?: Response): number {
  const said = response && retryAfter(response);
  return said ?? patience.retry * 2 ** (tried - 1);
}

/**
 * For the library, which is told of no token: a list's next page may be anywhere. What it gets has been read whole, and is a
 * success.
 */
export function fetchFor(hub: Hub, subject: Subject, waiting: Waiting): typeof fetch {
  return async (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    const { response, chunks } = await ask(hub, `${input}`, { ...waiting, subject, headers });
    return new Response(await readWhole(hub, chunks), { status: response.status, headers: response.headers });
  };
}

async function readWhole(hub: Hub, chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER) throw nonsense(hub, sentence`it does not end`);
    read.push(chunk);
  }
  return new Uint8Array(Buffer.concat(read));
}

async function askOnce(hub: Hub, url: string, { headers, signal }: Question): Promise<Answer> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), hub.patience.silence).unref();
  const explain = (error: unknown): VitrineError => {
    clearTimeout(timer);
    if (signal.aborted) return cancelled();
    return silence.signal.aborted ? silent(hub, hub.patience.silence) : unreachable(hub, error);
  };
  const request = { headers: { ...headers, ...tokenFor(hub, url) }, signal: AbortSignal.any([signal, silence.signal]) };
  const response = await hub.fetch(url, request).catch((error: unknown) => {
    throw explain(error);
  });
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of response.body ?? []) {
        timer.refresh();
        yield chunk;
      }
    } catch (error) {
      throw explain(error);
    } finally {
      clearTimeout(timer);
    }
  };
  return { response, chunks: chunks() };
}

/** Only for the hub's own address. Where it sends a request on to another, `fetch` itself takes the token away. */
function tokenFor({ endpoint, token }: Hub, url: string): Record<string, string> {
  const isOwn = URL.canParse(url) && new URL(url).origin === new URL(endpoint).origin;
  return token && isOwn ? { authorization: `Bearer ${token}` } : {};
}
