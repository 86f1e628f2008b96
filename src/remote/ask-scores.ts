import type { AnswerThread } from './answer-thread';
import { askBytes } from './ask-server';
import type { ModelServer } from './model-server';
import type { Protocol, ScoreRequest } from './protocols/protocol';
import type { ServedAnswer } from './read-answer';
import type { ServedModelName } from './recognise';
import type { ServedTokenizer } from './served-tokenizer';

/** A model of a server, in the way in which the server is asked about it. */
export interface Served {
  server: ModelServer;
  protocol: Protocol;
  model: Pick<ServedModelName, 'name' | 'signedAs'>;
  tokenizer: ServedTokenizer;
  answers: AnswerThread;
}

export type AskedScores = Pick<ScoreRequest, 'ids' | 'topK'> &
  Partial<Pick<ScoreRequest, 'temperature' | 'knownUpTo' | 'text'>> & {
    signal: AbortSignal;
    /** Whether nobody waits for it. */
    inBackground?: boolean | undefined;
  };

/** Bytes of an answer: for each alternative, with a text of up to some hundred characters, each perhaps as `\u1234`. */
const BYTES_AN_ALTERNATIVE = 1000;
const OTHER_BYTES = 1e6;

/**
 * Asks once how probable the tokens of a text are, and holds the answer to what has to be true of it.
 *
 * @throws VitrineError `server.outputOnly` where the server says nothing of the text, or another of `server.*`
 */
export async function askScores(
  { server, protocol, model, tokenizer, answers }: Served,
  { ids, topK, signal, inBackground, temperature = 1, knownUpTo = 0, text }: AskedScores,
): Promise<ServedAnswer> {
  const own = protocol.takesIds ? '' : (text ?? (await tokenizer.decode(ids, signal)));
  const request: ScoreRequest = { model: model.name, ids, topK, temperature, knownUpTo, text: own };
  const mostBytes = OTHER_BYTES + ids.length * (topK + 2) * BYTES_AN_ALTERNATIVE;
  const bytes = await askBytes(server, { ...protocol.question(request), signal, inBackground, mostBytes });
  const job = { host: server.host, protocol: protocol.name, request, signedAs: model.signedAs, bytes };
  return answers.read(job, signal);
}
