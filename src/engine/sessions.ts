import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { env, InferenceSession, type Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../model/compile';
import type { ModelConfig } from '../model/config';
import { LAYER } from '../model/graphs/ports';
import { messageOf, sentence, VitrineError } from '../shared/errors';
import { type NamedProvider, packagedProviders, providerMissing, runtimeReason } from './providers/packaged';
import { weightsChanged } from './weight-rows';

// The runtime's packages for Linux and macOS report its use to their maker over the network unless this is set before the
// first session: https://github.com/microsoft/onnxruntime/pull/27379. Nothing of what Vitrine does leaves the machine.
process.env.ORT_DISABLE_TELEMETRY = '1';
// What goes wrong comes as an exception and is told in a sentence; the runtime would print it too.
env.logLevel = 'fatal';

export interface SessionOptions {
  provider: NamedProvider;
  threads?: number | undefined;
  /** A folder for a trace of what runs where, from the first run until `endProfiling`. */
  profileFolder?: string | undefined;
}

/** A model's graphs, ready to run. */
export interface Sessions {
  provider: NamedProvider;
  /** That were asked for. */
  threads?: number | undefined;
  decoder: Session;
  unembedding: Session;
  /** Those of each kind of layer. */
  kinds: KindSessions[];
}

export interface KindSessions {
  layer: Session;
  attribution: Session;
  neurons: Session;
  /** Where it has attention. */
  heads: HeadSessions | undefined;
}

export interface HeadSessions {
  projection: Session;
  attention: Session;
  valueNorms: Session;
}

export interface Session {
  /** What the graph takes. */
  inputs: readonly string[];
  /** Runs the graph. A subset of the outputs, or memory for them, saves copies, not computation. */
  run(feeds: Record<string, Tensor>, outputs?: string[] | Record<string, Tensor>): Promise<Record<string, Tensor>>;
  endProfiling(): Promise<void>;
  /** Frees the memory of the graph and its weights until it is run again: it is then made anew. */
  rest(): Promise<void>;
  /** Frees it for good; it cannot run afterwards. */
  release(): Promise<void>;
}

/**
 * Makes the sessions of a model.
 *
 * @throws VitrineError `provider.missing` where the provider cannot be had; nothing else is tried in its place.
 */
export async function createSessions(model: CompiledModel, options: SessionOptions): Promise<Sessions> {
  const { provider, threads } = options;
  if (!packagedProviders().includes(provider)) throw providerMissing(provider);
  const made: Session[] = [];
  const create = async (name: string, graph: Uint8Array): Promise<Session> => {
    const session = await createSession(name, graph, model.weightsFolder, options);
    made.push(session);
    return session;
  };
  try {
    const { decoder, unembedding, kinds } = model.graphs;
    const sessions: Sessions = {
      provider,
      threads,
      decoder: await create('decoder', decoder),
      unembedding: await create('unembedding', unembedding),
      kinds: [],
    };
    for (const [kind, graphs] of kinds.entries()) {
      sessions.kinds.push({
        layer: await create(`layer.${kind}`, graphs.layer),
        attribution: await create(`attribution.${kind}`, graphs.attribution),
        neurons: await create(`neurons.${kind}`, graphs.neurons),
        heads: graphs.heads && {
          projection: await create(`projection.${kind}`, graphs.heads.projection),
          attention: await create(`attention.${kind}`, graphs.heads.attention),
          valueNorms: await create(`valueNorms.${kind}`, graphs.heads.valueNorms),
        },
      });
    }
    return sessions;
  } catch (error) {
    // Another provider may be tried in this process, and needs the memory.
    for (const session of made) await session.release();
    throw error;
  }
}

/** A graph, ready to run. @throws VitrineError `provider.missing`, `engine.weights` or `engine.load` */
export async function createSession(
  name: string,
  graph: Uint8Array,
  weightsFolder: string,
  options: SessionOptions,
): Promise<Session> {
  const settings = runtimeOptions(weightsFolder, name, options);
  const make = () =>
    InferenceSession.create(graph, settings).catch((error) => {
      throw explain(error, options.provider, weightsFolder);
    });
  let session: Promise<InferenceSession> | undefined = make();
  let isReleased = false;
  const { inputNames, outputNames } = await session;
  const awake = (): Promise<InferenceSession> => {
    if (isReleased) throw new Error(`the session ${name} was released`);
    session ??= make();
    // One that could not be made is tried again.
    session.catch(() => (session = undefined));
    return session;
  };
  const rest = async () => {
    const resting = session;
    session = undefined;
    await (await resting)?.release();
  };
  return {
    inputs: inputNames,
    run: async (feeds, outputs) => (await awake()).run(feeds, outputs ?? [...outputNames]),
    endProfiling: async () => (await awake()).endProfiling(),
    rest,
    release: () => {
      isReleased = true;
      return rest();
    },
  };
}

/** The weights that a session takes with each run, by their names among the architecture's, without a layer's number. */
export function weightsTakenBy({ inputs }: Session): string[] {
  const prefix = LAYER.weight('');
  return inputs.flatMap((input) => (input.startsWith(prefix) ? [input.slice(prefix.length)] : []));
}

export function sessionsOf({ decoder, unembedding, kinds }: Sessions): Session[] {
  const ofKinds = kinds.flatMap(({ heads, ...ofLayer }) => [...Object.values(ofLayer), ...Object.values(heads ?? {})]);
  return [decoder, unembedding, ...ofKinds];
}

/** The sessions of a layer's kind. */
export function sessionsOfLayer({ kinds }: Sessions, { kindOfLayer }: ModelConfig, layer: number): KindSessions {
  return kinds[kindOfLayer[layer] as number] as KindSessions;
}

/** Those of the heads of a layer that has attention: `checkAttention` refuses the others. */
export function sessionsOfHeads(sessions: Sessions, config: ModelConfig, layer: number): HeadSessions {
  const { heads } = sessionsOfLayer(sessions, config, layer);
  if (!heads) throw new Error(`layer ${layer} has no attention`);
  return heads;
}

function runtimeOptions(
  weightsFolder: string,
  graph: string,
  { provider, threads, profileFolder }: SessionOptions,
): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads ?? availableParallelism(),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Plans of memory are kept for every length of text, and no two chunks of a text see the same.
    enableMemPattern: false,
    // Errors only: the runtime's warnings are about graphs, and a person can do nothing about them.
    logSeverityLevel: 3,
    ...(profileFolder && { enableProfiling: true, profileFilePrefix: join(profileFolder, graph) }),
    extra: {
      session: {
        model_external_initializers_file_folder_path: weightsFolder,
        // The threads of a session that has just run would go on waiting at full speed, on the cores that the next one needs.
        force_spinning_stop: '1',
      },
    },
  };
}

function explain(error: unknown, provider: NamedProvider, weightsFolder: string): VitrineError {
  // The part of the runtime that reads weights names itself: whatever the provider, they are what is wrong.
  if (messageOf(error).includes('tensorprotoutils')) {
    return weightsChanged(weightsFolder, error);
  }
  if (provider !== 'cpu') return providerMissing(provider, error);
  return new VitrineError('engine.load', sentence`The model could not be loaded: ${runtimeReason(error)}.`, {
    cause: error,
  });
}
