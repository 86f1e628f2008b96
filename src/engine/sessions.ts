import { availableParallelism } from 'node:os';
import { InferenceSession, type Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../model/compile';
import type { Provider } from '../shared/engine-api';
import { messageOf, VitrineError } from '../shared/errors';

// The runtime's packages for Linux and macOS report its use to their maker over the network unless this is set before the
// first session: https://github.com/microsoft/onnxruntime/pull/27379. Nothing of what Vitrine does leaves the machine.
process.env.ORT_DISABLE_TELEMETRY = '1';

/** A provider that runs, as opposed to `auto`, which chooses one. */
export type NamedProvider = Exclude<Provider, 'auto'>;

export interface SessionOptions {
  provider: NamedProvider;
  threads?: number | undefined;
}

/** A model's graphs, ready to run. */
export interface Sessions {
  body: Session;
  unembedding: Session;
  attention: Session;
}

export interface Session {
  /** Runs the graph. A subset of the outputs saves their copies, not their computation. */
  run(feeds: Record<string, Tensor>, outputs?: string[]): Promise<Record<string, Tensor>>;
}

/**
 * Makes the sessions of a model.
 *
 * @throws VitrineError `provider.missing` where the provider cannot be had; nothing else is tried in its place.
 */
export async function createSessions(model: CompiledModel, options: SessionOptions): Promise<Sessions> {
  const create = async (graph: Uint8Array): Promise<Session> => {
    const session = await InferenceSession.create(graph, runtimeOptions(model.weightsFolder, options)).catch(
      (error) => {
        throw explain(error, options.provider);
      },
    );
    return { run: (feeds, outputs) => session.run(feeds, outputs ?? [...session.outputNames]) };
  };
  const { body, unembedding, attention } = model.graphs;
  return { body: await create(body), unembedding: await create(unembedding), attention: await create(attention) };
}

function runtimeOptions(weightsFolder: string, { provider, threads }: SessionOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads ?? availableParallelism(),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Plans of memory are kept for every length of text, and no two chunks of a text see the same.
    enableMemPattern: false,
    // Errors only: the runtime's warnings are about graphs, and a person can do nothing about them.
    logSeverityLevel: 3,
    extra: { session: { model_external_initializers_file_folder_path: weightsFolder } },
  };
}

function explain(error: unknown, provider: NamedProvider): VitrineError {
  const reason = messageOf(error).split('\n')[0];
  if (provider === 'cpu') {
    return new VitrineError('engine.load', `The model could not be loaded: ${reason}`, { cause: error });
  }
  return new VitrineError(
    'provider.missing',
    `The execution provider '${provider}' does not work on this machine (${reason}). Choose another one, or auto.`,
    { cause: error },
  );
}
