import { type Sentence, sentence } from './errors';
import { reasonOf } from './system-errors';

const NOT_KNOWN = sentence`its address is not found`;
const REFUSES = sentence`it refuses the connection`;
const BROKEN = sentence`the connection broke`;
const NO_ANSWER = sentence`it does not answer`;
const NO_WEB = sentence`its port is reserved for something else than the web`;
const NO_WAY = sentence`there is no way to it from here`;

/** What the codes of a connection mean, as the system and Node's `fetch` (undici) have them, which has words for one. */
const REASONS: Readonly<Record<string, Sentence>> = {
  ENOTFOUND: NOT_KNOWN,
  EAI_AGAIN: NOT_KNOWN,
  ECONNREFUSED: REFUSES,
  ECONNRESET: BROKEN,
  EPIPE: BROKEN,
  UND_ERR_SOCKET: BROKEN,
  ETIMEDOUT: NO_ANSWER,
  UND_ERR_CONNECT_TIMEOUT: NO_ANSWER,
  UND_ERR_HEADERS_TIMEOUT: NO_ANSWER,
  UND_ERR_BODY_TIMEOUT: NO_ANSWER,
  ENETUNREACH: NO_WAY,
  EHOSTUNREACH: NO_WAY,
  'bad port': NO_WEB,
};

/** Why `fetch`, or a body of it, failed, as a clause. The outer errors only say that it did; the code is in the one that caused them. */
export function networkReason(error: unknown): Sentence | string {
  const chain = [...causes(error)];
  const codes = chain.map((one) => ('code' in one && typeof one.code === 'string' ? one.code : one.message));
  if (codes.some((code) => /CERT|UNABLE_TO_VERIFY/.test(code))) return sentence`its certificate is not trusted here`;
  const known = codes.find((code) => code in REASONS);
  return (known && REASONS[known]) || reasonOf(chain.at(-1) ?? error);
}

/** Whether a connection that had been made ended before its answer: a server closes those that have waited for some time. */
export function isBroken(error: unknown): boolean {
  return networkReason(error) === BROKEN;
}

function* causes(error: unknown): Generator<Error> {
  let cause = error;
  for (let depth = 0; cause instanceof Error && depth < 8; depth++) {
    yield cause;
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
}
