import * as v from 'valibot';
import { sentence, VitrineError } from '../shared/errors';
import type { Tokenizer } from '../tokenizer';
import { askServer } from './ask-server';
import { checkScores } from './check-scores';
import type { ModelServer } from './model-server';
import { UnknownForm } from './protocols/form';
import type { PromptScores, Protocol, ScoreRequest } from './protocols/protocol';
import { nonsense } from './refusals';
import { textOf } from './served-text';

/** A model of a server, in the way in which the server is asked about it. */
export interface Served {
  server: ModelServer;
  protocol: Protocol;
  /** As the server has it. */
  model: string;
  tokenizer: Tokenizer;
}

export type AskedScores = Pick<ScoreRequest, 'ids' | 'topK'> &
  Partial<Pick<ScoreRequest, 'temperature' | 'knownUpTo' | 'text'>> & { signal: AbortSignal };

/** Bytes of an answer: for each alternative, with a text of up to some hundred characters, each perhaps as `\u1234`. */
const BYTES_AN_ALTERNATIVE = 1000;
const OTHER_BYTES = 1e6;

/** Servers tell in their answers which model they asked. */
const answered = v.object({ model: v.nullish(v.string()) });

/**
 * Asks once how probable the tokens of a text are, and holds the answer to what has to be true of it.
 *
 * @throws VitrineError `server.outputOnly` where the server says nothing of the text, or another of `server.*`
 */
export async function askScores(
  { server, protocol, model, tokenizer }: Served,
  { ids, topK, signal, temperature = 1, knownUpTo = 0, text = textOf(tokenizer, ids) }: AskedScores,
): Promise<PromptScores> {
  const request: ScoreRequest = { model, ids, topK, temperature, knownUpTo, text };
  const mostBytes = OTHER_BYTES + ids.length * (topK + 2) * BYTES_AN_ALTERNATIVE;
  const answer = await askServer(server, { ...protocol.question(request), signal, mostBytes });
  const scores = readScores(server, protocol, answer, request);
  if (!scores) throw outputOnly(server, protocol);
  checkScores(server, scores, ids);
  return scores;
}

function readScores(server: ModelServer, protocol: Protocol, answer: unknown, request: ScoreRequest) {
  try {
    const { model } = v.parse(answered, answer);
    if (model != null && model !== request.model) throw otherModel(server, request.model, model);
    return protocol.read(answer, request);
  } catch (error) {
    const isForm = error instanceof v.ValiError || error instanceof UnknownForm;
    throw isForm ? nonsense(server, error) : error;
  }
}

export function outputOnly({ host }: ModelServer, { name }: Protocol): VitrineError {
  return new VitrineError(
    'server.outputOnly',
    name === 'Text Generation Inference'
      ? sentence`${host} gives probabilities of the tokens that it writes, and none of a text that it reads. Start it with --enable-prefill-logprobs.`
      : sentence`${host} gives probabilities of the tokens that it writes, and none of a text that it reads, so there is nothing to colour by. Serve the model with vLLM or SGLang.`,
  );
}

const otherModel = ({ host }: ModelServer, asked: string, answering: string) =>
  new VitrineError(
    'server.model',
    sentence`${host} was asked for ${asked}, and ${answering} has answered. Choose the model again.`,
  );
