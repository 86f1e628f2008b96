import * as v from 'valibot';
import type { Predictions } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import { checkScores } from './check-scores';
import { predictionsOf } from './predictions';
import { protocolNamed } from './protocols';
import { UnknownForm } from './protocols/form';
import type { ScoreRequest } from './protocols/protocol';
import { nonsense, outputOnly } from './refusals';

/** An answer as it came, and what was asked. It is data, which may go to a thread. */
export interface AnswerJob {
  /** Of the server, as people are told of it. */
  host: string;
  /** The name of the protocol. */
  protocol: string;
  request: ScoreRequest;
  /** What the answer may say that its model is called. */
  signedAs: readonly string[];
  bytes: Uint8Array;
}

/** What an answer says of the tokens from one on: of how probable that one is itself, nothing. */
export interface ServedAnswer {
  from: number;
  predictions: Predictions;
}

/** Servers tell in their answers which model they asked. */
const answered = v.object({ model: v.nullish(v.string()) });

/**
 * Reads an answer, and holds it to what has to be true of it.
 *
 * @throws VitrineError `server.outputOnly` where the server says nothing of the text, or another of `server.*`
 */
export function readAnswer({ host, protocol: name, request, signedAs, bytes }: AnswerJob): ServedAnswer {
  const protocol = protocolNamed(name);
  const scores = inKnownForm(host, () => {
    const answer: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const { model } = v.parse(answered, answer);
    if (model != null && !signedAs.includes(model)) throw otherModel(host, request.model, model);
    return protocol.read(answer, request);
  });
  if (!scores) throw outputOnly(host, name);
  checkScores(host, scores, request.ids);
  return { from: scores.from, predictions: predictionsOf(scores, request.topK) };
}

function inKnownForm<T>(host: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isForm = error instanceof v.ValiError || error instanceof UnknownForm || error instanceof SyntaxError;
    throw isForm ? nonsense({ host }, error) : error;
  }
}

const otherModel = (host: string, asked: string, answering: string) =>
  new VitrineError(
    'server.model',
    sentence`${host} was asked for ${asked}, and ${answering} has answered. Choose the model again.`,
  );
