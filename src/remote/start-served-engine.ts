import type { EngineEvents, ModelInfo } from '../shared/engine-api';
import { type EngineApi, type RequestName, requests } from '../shared/requests';
import type { VocabularySpecification } from '../shared/tokens';
import { createTokenizerInSlices } from '../tokenizer';
import { cancelled } from './ask-server';
import type { ModelServer } from './model-server';
import type { ServedModelName } from './recognise';
import { servedEngine } from './served-engine';
import { ServedModel } from './served-model';
import { servedModelInfo } from './served-model-info';

export interface ServedEngineStart {
  /** How the server is asked: whoever knows may have to ask a person for a key first. */
  server(): Promise<ModelServer>;
  /** Of the model, as the server has it; may be left out where it has one only. */
  model?: string | undefined;
  /** Of the model that the server has: of a file or a folder that a person has named, or as the hub gives it. */
  vocabulary(model: ServedModelName): Promise<VocabularySpecification>;
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
  const connected = connectTo(start, stopped.signal);
  const model = connected.then((each) => servedModelInfo(each.model, performance.now() - began));
  const ask = async (name: RequestName, request: unknown): Promise<unknown> => {
    const { engine } = await connected;
    if (stopped.signal.aborted) throw cancelled();
    return (engine[name] as (request: unknown) => Promise<unknown>)(request);
  };
  const names = Object.keys(requests) as RequestName[];
  const methods = Object.fromEntries(names.map((name) => [name, (request: unknown) => ask(name, request)]));
  const stop = async () => stopped.abort();
  return { engine: Object.assign(methods as unknown as EngineApi, { pid: undefined, stop }), model };
}

async function connectTo(start: ServedEngineStart, signal: AbortSignal) {
  const server = await start.server();
  let vocabulary: VocabularySpecification | undefined;
  const tokenizerOf = async (named: ServedModelName) => {
    vocabulary = await start.vocabulary(named);
    return createTokenizerInSlices(vocabulary);
  };
  const model = await ServedModel.connect(server, start.model, tokenizerOf, signal);
  if (signal.aborted) throw cancelled();
  const options = { model, tokenizer: model.tokenizer, vocabulary: vocabulary as unknown as VocabularySpecification };
  return { model, engine: servedEngine({ ...options, onProgress: start.onProgress }) };
}
