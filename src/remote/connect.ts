import { type Capabilities, CONTINUATION_ONLY } from '../shared/capabilities';
import { sentence, VitrineError } from '../shared/errors';
import type { Tokenizer } from '../tokenizer';
import { outputOnly } from './ask-scores';
import type { ModelServer } from './model-server';
import { type Proof, probe } from './probe';
import type { Protocol } from './protocols/protocol';
import { type OnlyContinues, type Recognised, recognise, type ServedModelName } from './recognise';
import { checkVocabulary } from './same-vocabulary';

/** A model of a server that has been tried. */
export interface Connection {
  server: ModelServer;
  model: ServedModelName;
  tokenizer: Tokenizer;
  capabilities: Capabilities;
  /** How it is asked about texts, and what it has shown; or why it only goes on with them. */
  about: Proven | OnlyContinues;
}

export interface Proven {
  protocol: Protocol;
  proof: Proof;
}

/** The tokenizer of a model that a server has. */
export type TokenizerOf = (model: ServedModelName) => Promise<Tokenizer>;

/**
 * Finds out what a server is, and tries it with texts of Vitrine's own before any other is sent there.
 *
 * @param name of the model; may be left out where the server has one only
 * @param tokenizerOf gives the tokenizer of the model that was found
 * @throws VitrineError of `server.*`: where what it tells of a text is not what it should be, nothing is shown of it
 */
export async function connect(
  server: ModelServer,
  name: string | undefined,
  tokenizerOf: TokenizerOf,
  signal: AbortSignal,
): Promise<Connection> {
  const recognised = await recognise(server, signal);
  const model = chosenModel(server, recognised, name);
  const { onlyContinues } = recognised;
  const tokenizer = await tokenizerOf(model);
  if (onlyContinues) return { server, model, tokenizer, capabilities: CONTINUATION_ONLY, about: onlyContinues };
  await checkVocabulary(server, model.name, tokenizer, signal);
  const proven = await firstProven(server, recognised.protocols, model, tokenizer, signal);
  return { server, model, tokenizer, capabilities: capabilitiesOf(proven), about: proven };
}

/** The first way in which the server tells of a text. */
async function firstProven(
  server: ModelServer,
  protocols: readonly Protocol[],
  { name }: ServedModelName,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<Proven> {
  for (const protocol of protocols) {
    try {
      const proof = await probe({ server, protocol, model: name, tokenizer }, signal);
      return { protocol, proof };
    } catch (error) {
      const isNext = error instanceof VitrineError && ['server.outputOnly', 'server.refused'].includes(error.code);
      if (!isNext || protocol === protocols.at(-1)) throw error;
    }
  }
  throw outputOnly(server, protocols[0] as Protocol);
}

function chosenModel({ host }: ModelServer, { models }: Recognised, name: string | undefined): ServedModelName {
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
