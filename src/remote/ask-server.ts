import { setTimeout as wait } from 'node:timers/promises';
import { cancelled, VitrineError } from '../shared/errors';
import { isBroken } from '../shared/network-reason';
import { retryAfter } from '../shared/retry-after';
import type { ModelServer } from './model-server';
import { endless, nonsense, refusalOf, silent, slow, unreachable } from './refusals';

/** A server that is busy is asked so often. */
const MOST_TRIES = 4;

/** Too many requests, and what a gateway says of a server that is about to be there. */
const PASSING = new Set([429, 502, 503, 504]);

const AT_ONCE_MS = 250;

/** Of an answer that is no success, and of one that says what a server is. */
const SHORT_ANSWER = 2e6;

export interface Question {
  /** Behind the server's address: `/v1/models`. */
  path: string;
  /** Sent as JSON; without one the answer is only got. */
  body?: object;
  signal: AbortSignal;
  /** Of an answer. */
  mostBytes?: number;
  /** Whether nobody waits for it. */
  inBackground?: boolean | undefined;
}

interface Answered {
  response: Response;
  bytes: Uint8Array;
}

/** What the JSON of a short answer says. @throws VitrineError as `askBytes`, and `server.nonsense` where it is none */
export async function askServer(server: ModelServer, question: Question): Promise<unknown> {
  const bytes = await askBytes(server, question);
  try {
    return JSON.parse(textOf(bytes));
  } catch (error) {
    throw nonsense(server, error);
  }
}

/**
 * Asks a server, and again where it says that it is busy.
 *
 * @returns its answer as it came
 * @throws VitrineError `task.cancelled`, or with the reason why there is no answer
 */
export async function askBytes(server: ModelServer, question: Question): Promise<Uint8Array> {
  for (let tried = 1; ; tried++) {
    const { response, bytes } = await server.traffic.run(question, () => askUnbroken(server, question));
    server.traffic.heard(PASSING.has(response.status));
    if (response.ok) return bytes;
    const pause = retryAfter(response) ?? server.patience.retry * 2 ** (tried - 1);
    const isFinal = !PASSING.has(response.status) || tried === MOST_TRIES || pause > server.patience.longestWait;
    if (isFinal) throw refusalOf(server, response.status, textOf(bytes));
    await wait(pause, undefined, { signal: question.signal }).catch(() => {
      throw cancelled();
    });
  }
}

/**
 * Once more where the server has ended a connection that was kept, as it does with those that have long been idle: that shows
 * at once. A server that breaks off later may have died of the question.
 */
async function askUnbroken(server: ModelServer, question: Question): Promise<Answered> {
  const began = performance.now();
  try {
    return await askOnce(server, question);
  } catch (error) {
    const isBreak = error instanceof VitrineError && error.code === 'server.unreachable' && isBroken(error.cause);
    if (!isBreak || performance.now() - began > AT_ONCE_MS) throw error;
    return askOnce(server, question);
  }
}

async function askOnce(server: ModelServer, question: Question): Promise<Answered> {
  const { signal, body, path } = question;
  const { address, key, patience } = server;
  const silence = new AbortController();
  const tooLong = new AbortController();
  let patienceNow = body ? patience.answer : patience.greeting;
  // A server that sends a byte now and then would be waited for without end.
  const longest = 2 * patienceNow;
  const end = setTimeout(() => tooLong.abort(), longest);
  let timer = setTimeout(() => silence.abort(), patienceNow);
  const heard = () => {
    clearTimeout(timer);
    patienceNow = patience.silence;
    timer = setTimeout(() => silence.abort(), patienceNow);
  };
  try {
    const response = await server.fetch(`${address}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...(key && { authorization: `Bearer ${key}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
      // The text goes where a person has sent it, and not on to where that server says.
      redirect: 'manual',
      signal: AbortSignal.any([signal, silence.signal, tooLong.signal]),
    });
    return { response, bytes: await readBytes(server, response, question, heard) };
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (error instanceof VitrineError) throw error;
    if (tooLong.signal.aborted) throw slow(server, longest);
    throw silence.signal.aborted ? silent(server, patienceNow) : unreachable(server, error);
  } finally {
    clearTimeout(timer);
    clearTimeout(end);
  }
}

async function readBytes(server: ModelServer, { body, ok }: Response, question: Question, heard: () => void) {
  const mostBytes = ok ? (question.mostBytes ?? SHORT_ANSWER) : SHORT_ANSWER;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    heard();
    bytes += chunk.length;
    if (bytes > mostBytes) throw endless(server);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
