import { sentence, VitrineError } from '../shared/errors';
import { networkReason } from '../shared/network-reason';
import type { ModelServer } from './model-server';

/** Of what a server says itself, so much is passed on. */
const MOST_SAID = 200;

/** What is told where a server answers with anything but success. @param said what its answer says, as it came */
export function refusalOf({ host, key }: ModelServer, status: number, said: string): VitrineError {
  const reason = reasonIn(said, key);
  if (status >= 300 && status < 400) {
    return new VitrineError(
      'server.redirect',
      sentence`${host} sends its callers on to another address, and the text goes nowhere but to the one that was given. Give the other address where it is meant.`,
    );
  }
  if (status === 401 || status === 403) {
    return new VitrineError(
      'server.key',
      key
        ? sentence`${host} does not accept the key. Give it another one.`
        : sentence`${host} wants a key. Give it one.`,
    );
  }
  if (status === 429 || status === 503) {
    return new VitrineError('server.busy', sentence`${host} has too much to do at present. Try again later.`);
  }
  if (status >= 500) {
    return new VitrineError(
      'server.failed',
      sentence`${host} has failed (HTTP ${String(status)}) and says: “${reason}” Look at its own log; a text of fewer tokens may help.`,
    );
  }
  return new VitrineError(
    'server.refused',
    sentence`${host} refuses the request (HTTP ${String(status)}) and says: “${reason}”`,
  );
}

/** What is told where the server cannot be reached, or no longer. @param error what `fetch`, or a body of it, threw */
export function unreachable({ host }: ModelServer, cause: unknown): VitrineError {
  return new VitrineError(
    'server.unreachable',
    sentence`${host} cannot be reached: ${networkReason(cause)}. Check whether it runs, and the network; then try again.`,
    { cause },
  );
}

/** What is told where nothing comes any more. @param milliseconds for how long */
export function silent({ host }: ModelServer, milliseconds: number): VitrineError {
  return new VitrineError(
    'server.silent',
    sentence`${host} has sent nothing for ${Math.round(milliseconds / 1000)} seconds. Try again later, or with a shorter text.`,
  );
}

/** What is told where an answer is longer than one to this question can be. */
export function endless({ host }: ModelServer): VitrineError {
  return new VitrineError(
    'server.endless',
    sentence`${host} sends more than an answer to this question can have, so it was not read. Check whether the address is that of a model server.`,
  );
}

/** What is told where an answer has not the form that such a server's has. */
export function nonsense({ host }: Pick<ModelServer, 'host'>, cause?: unknown): VitrineError {
  return new VitrineError(
    'server.nonsense',
    sentence`${host} answers in a form that no server known here has. Check its address, and whether its version is a current one.`,
    { cause },
  );
}

/** What is told where the server says nothing of a text that it reads. @param protocol the name of the one by which it was asked */
export function outputOnly(host: string, protocol: string): VitrineError {
  return new VitrineError(
    'server.outputOnly',
    protocol === 'Text Generation Inference'
      ? sentence`${host} gives probabilities of the tokens that it writes, and none of a text that it reads. Start it with --enable-prefill-logprobs.`
      : sentence`${host} gives probabilities of the tokens that it writes, and none of a text that it reads, so there is nothing to colour by. Serve the model with vLLM or SGLang.`,
  );
}

/** What is told where another model answers than the one that was connected to. */
export function changed({ host }: Pick<ModelServer, 'host'>, model: string): VitrineError {
  return new VitrineError(
    'server.changed',
    sentence`${host} has another model than before under the name ${model}. Connect to it again: nothing that was read before is of this one.`,
  );
}

/** What is told where a rank that is only known to be beyond the alternatives would be taken for one among them. */
export function fewerAlternatives({ host }: Pick<ModelServer, 'host'>): VitrineError {
  return new VitrineError(
    'server.alternatives',
    sentence`${host} names fewer probable tokens than when it was connected to. Connect to it again.`,
  );
}

/** What is told where nobody knows the vocabulary of a model: its tokens have to be made here, and its numbers put where they belong. */
export function noVocabulary({ host }: Pick<ModelServer, 'host'>, model: string): VitrineError {
  return new VitrineError(
    'server.noVocabulary',
    sentence`${host} has ${model}, whose vocabulary is not known here. Give the model’s tokenizer.json, or a GGUF file of it.`,
  );
}

/** What is told where the server makes tokens of a text itself and does not tell where in the text they stand. */
export function unplaced({ host }: Pick<ModelServer, 'host'>): VitrineError {
  return new VitrineError(
    'server.places',
    sentence`${host} does not tell where in the text its tokens stand. Give the files of the tokenizer that its model has.`,
  );
}

/** Of an error's JSON its message, in one line, cut off where it is long. A key that it repeats is left out: people pass errors on. */
function reasonIn(said: string, key: string | undefined): string {
  const message = messageIn(said);
  const words = (key ? message.replaceAll(key, '…') : message).replace(/\s+/g, ' ').trim();
  return words.length > MOST_SAID ? `${words.slice(0, MOST_SAID)}…` : words || '–';
}

function messageIn(said: string): string {
  try {
    const { error, message, detail } = JSON.parse(said);
    const found = error?.message ?? message ?? detail ?? error;
    return typeof found === 'string' ? found : said;
  } catch {
    return said;
  }
}
