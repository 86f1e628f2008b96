import type { EngineEvents, ModelInfo } from '../shared/engine-api';
import { cancelled } from '../shared/errors';
import { type EngineApi, type RequestName, requests } from '../shared/requests';
import type { VocabularySpecification } from '../shared/tokens';
import { createTokenizerInSlices } from '../tokenizer';
import { identityOf } from './identity';
import type { ModelServer } from './model-server';
import type { ServedModelName } from './recognise';
import { servedEngine } from './served-engine';
import { ServedModel } from './served-model';
import { servedModelInfo } from './served-model-info';
import { unlessAborted } from './unless-aborted';

export interface ServedEngineStart {
  /** How the server is asked: whoever knows may have to ask a person for a key first. */
  server(): Promise<ModelServer>;
  /** Of the model, as the server has it; may be left out where it has one only. */
  model?: string | undefined;
  /** Of the model that the server has: of a file or a folder that a person has named, or as the hub gives it; undefined where the server is to make the tokens of texts. */
  vocabulary(model: ServedModelName): Promise<VocabularySpecification | undefined>;
  /** Where it is kept how the models of servers are known again; undefined where nothing is kept. */
  folder?: string | undefined;
  /** Tokens that are read at once; undefined where nobody has said. */
  windowTokens?: number | undefined;
  onProgress?: EngineEvents['progress'];
}

/** An engine whose model runs on a server. It has no process of its own. */
export interface StartedServedEngine {
  engine: EngineApi & { readonly pid: undefined; stop(): Promise<void> };
  /** What it has, once the server has shown that its numbers mean what they should. */
  model: Promise<ModelInfo>;
}

/**
 * Connects to a server. What is asked of the engine before it is connected waits; once it is stopped, every request that is
 * under way is closed, and each answer is `task.cancelled`.
 *
 * @throws VitrineError of `server.*` from `model`, and from every request where it could not be connected
 */
export function startServedEngine(start: ServedEngineStart): StartedServedEngine {
  const stopped = new AbortController();
  const began = performance.now();
  // Whoever is asked for a key need not answer.
  const connected = unlessAborted(connectTo(start, stopped.signal), stopped.signal);
  const info = async () => {
    const { model, sha256 } = await connected;
    return servedModelInfo(model, sha256, performance.now() - began);
  };
  const ask = async (name: RequestName, request: unknown): Promise<unknown> => {
    const { engine } = await connected;
    if (stopped.signal.aborted) throw cancelled();
    return (engine[name] as (request: unknown) => Promise<unknown>)(request);
  };
  const names = Object.keys(requests) as RequestName[];
  const methods = Object.fromEntries(names.map((name) => [name, (request: unknown) => ask(name, request)]));
  const stop = async () => stopped.abort();
  return { engine: Object.assign(methods as unknown as EngineApi, { pid: undefined, stop }), model: info() };
}

async function connectTo(
  { server, model: name, vocabulary, folder, windowTokens, onProgress }: ServedEngineStart,
  signal: AbortSignal,
) {
  const vocabularyOf = async (named: ServedModelName) => {
    const specification = await vocabulary(named);
    return specification && { specification, tokenizer: await createTokenizerInSlices(specification) };
  };
  const model = await ServedModel.connect({ server: await server(), name, vocabularyOf, windowTokens }, signal);
  signal.addEventListener('abort', () => model.end(), { once: true });
  const sha256 = await identityOf(folder, model.fingerprint);
  return { model, sha256, engine: servedEngine({ model, signal, onProgress }) };
}
