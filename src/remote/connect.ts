import { type Capabilities, CONTINUATION_ONLY } from '../shared/capabilities';
import { sentence, VitrineError } from '../shared/errors';
import type { AnswerThread } from './answer-thread';
import type { Served } from './ask-scores';
import type { ModelServer } from './model-server';
import { type Proof, probe } from './probe';
import type { Protocol } from './protocols/protocol';
import { type OnlyContinues, type Recognised, recognise, type ServedModelName } from './recognise';
import { outputOnly } from './refusals';
import { checkVocabulary } from './same-vocabulary';
import { type KnownVocabulary, knownTokenizer, type ServedTokenizer } from './served-tokenizer';
import { serverTokenizer } from './server-tokenizer';

/** A model of a server that has been tried. */
export interface Connection {
  server: ModelServer;
  model: ServedModelName;
  tokenizer: ServedTokenizer;
  /** Undefined where the server makes the tokens of texts. */
  vocabulary: KnownVocabulary | undefined;
  capabilities: Capabilities;
  /** How it is asked about texts, and what it has shown; or why it only goes on with them. */
  about: Proven | OnlyContinues;
}

export interface Proven {
  protocol: Protocol;
  proof: Proof;
}

/** What is to be connected to. */
export interface Wanted {
  server: ModelServer;
  /** Of the model; undefined where the server has one only. */
  name: string | undefined;
  /** Gives the vocabulary of the model that was found; undefined where the server is to make the tokens of texts. */
  vocabularyOf(model: ServedModelName): Promise<KnownVocabulary | undefined>;
}

/**
 * Finds out what a server is, and tries it with texts of Vitrine's own before any other is sent there.
 *
 * @throws VitrineError of `server.*`: where what it tells of a text is not what it should be, nothing is shown of it
 */
export async function connect(
  { server, name, vocabularyOf }: Wanted,
  answers: AnswerThread,
  signal: AbortSignal,
): Promise<Connection> {
  const { model, protocols, onlyContinues } = await findModel(server, name, signal);
  const vocabulary = await vocabularyOf(model);
  const tokenizer = vocabulary
    ? knownTokenizer(vocabulary.tokenizer)
    : await serverTokenizer(server, model.name, signal);
  const hasVocabulary = vocabulary !== undefined;
  const found = { server, model, tokenizer, vocabulary };
  if (onlyContinues) return { ...found, capabilities: { ...CONTINUATION_ONLY, hasVocabulary }, about: onlyContinues };
  if (vocabulary) await checkVocabulary(server, model.name, vocabulary.tokenizer, signal);
  const served = { server, model, tokenizer, answers };
  const proven = await firstProven(protocols, served, signal);
  return { ...found, capabilities: { ...capabilitiesOf(proven), hasVocabulary }, about: proven };
}

/** What a server has under a name. @throws VitrineError `server.noModel`, or another of `server.*` */
export async function findModel(server: ModelServer, name: string | undefined, signal: AbortSignal) {
  const recognised = await recognise(server, signal);
  return { ...recognised, model: chosenModel(server, recognised, name) };
}

/** The first way in which the server tells of a text. */
async function firstProven(
  protocols: readonly Protocol[],
  served: Omit<Served, 'protocol'>,
  signal: AbortSignal,
): Promise<Proven> {
  for (const protocol of protocols) {
    try {
      return { protocol, proof: await probe({ ...served, protocol }, signal) };
    } catch (error) {
      const isNext = error instanceof VitrineError && ['server.outputOnly', 'server.refused'].includes(error.code);
      if (!isNext || protocol === protocols.at(-1)) throw error;
    }
  }
  throw outputOnly(served.server.host, protocols[0]?.name ?? '');
}

/** The model of that name; of no name the only one. @throws VitrineError `server.noModel` */
export function chosenModel({ host }: ModelServer, { models }: Recognised, name: string | undefined): ServedModelName {
  const found = name === undefined && models.length === 1 ? models[0] : models.find((model) => model.name === name);
  if (found) return found;
  const names = models.map((model) => model.name).join(', ');
  throw new VitrineError(
    'server.noModel',
    models.length === 0
      ? sentence`${host} has no model. Start it with one.`
      : name === undefined
        ? sentence`${host} has several models. Choose one of these: ${names}.`
        : sentence`${host} has no model ${name}. It has these: ${names}.`,
  );
}

function capabilitiesOf({ protocol, proof: { alternatives } }: Proven): Capabilities {
  return {
    ...CONTINUATION_ONLY,
    hasLogprobs: true,
    ranks: protocol.hasRanks ? 'all' : alternatives > 0 ? 'amongAlternatives' : 'none',
    mostAlternatives: alternatives,
    entropy: alternatives > 0 ? 'bound' : 'none',
  };
}
