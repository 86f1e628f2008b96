import { defaultModelPath } from '../../models/catalogue';
import { type Engine, startEngine } from '../engine/client';
import type { EngineEvents, ModelInfo, Stage } from '../shared/engine-api';
import type { Progress } from '../shared/progress';
import type { AskedStorage, Provider } from '../shared/request-fields';
import type { Requests } from '../shared/requests';
import { compiledModels, openCache } from './compiled-models';
import { isServed } from './served/served-options';
import { startServed } from './served/start-served';
import { createProgressLine, type ProgressLine } from './terminal/progress';

export interface ModelOptions {
  /** Path of a model file; the model that comes with Vitrine by default. With a server, the name that it has there. */
  model?: string | undefined;
  /** Address of the server that runs it. */
  server?: string | undefined;
  /** Of a model on a server, where its vocabulary is: a path, or a name of the hub. */
  vocabulary?: string | undefined;
  /** Path of an adapter. */
  adapter?: string | undefined;
  /** Whether it is kept apart where it can be, so that runs may give it a gain; else it is merged. */
  adapterApart?: boolean;
  provider: Provider;
  weights?: AskedStorage;
  /** Whether more than 2 GB may be written and taken. */
  yes?: boolean;
}

/** The number that requests share: this process asks for one thing at a time. */
export const TASK = 0;

/** The number of those that are steps of something of which the command itself says how far it is. */
export const STEP = 1;

export type ShowProgress = ProgressLine['show'];

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** A model in an engine of its own. */
export interface LoadedModel {
  engine: Engine;
  model: ModelInfo;
}

/**
 * @param name what is said before how far its engine is, where there are several
 * @param stepped told how far a step is
 */
export type Load = (options: ModelOptions, name?: string, stepped?: Progress) => Promise<LoadedModel>;

/**
 * Loads a model into an engine, lets it be used, and leaves no process behind: not after an error, nor after Ctrl-C.
 *
 * @param stopped says what there is to say when a signal ends the command
 */
export function withModel<T>(
  options: ModelOptions,
  use: (engine: Engine, model: ModelInfo, showProgress: ShowProgress) => Promise<T>,
  stopped?: () => void | Promise<void>,
): Promise<T> {
  return withModels(async (load, showProgress) => {
    const { engine, model } = await load(options);
    return use(engine, model, showProgress);
  }, stopped);
}

/** Lets models be loaded when they are needed, each into an engine of its own, and leaves none behind. */
export async function withModels<T>(
  use: (load: Load, showProgress: ShowProgress) => Promise<T>,
  stopped: () => void | Promise<void> = () => {},
): Promise<T> {
  const line = createProgressLine(process.stderr);
  const stages = new Map<Engine, Stage>();
  const stopAll = () => Promise.all(Array.from(stages.keys(), (engine) => engine.stop()));
  const leaveOut = (): boolean => {
    const comparing = [...stages].filter(([, stage]) => stage === 'compare');
    for (const [engine] of comparing) void engine.cancel({ task: TASK }).catch(() => {});
    return comparing.length > 0;
  };
  // Before there is an engine: a signal that came between would end this process without its exit code.
  onStop(async () => {
    line.clear();
    await stopped();
    await stopAll();
    // What they were compiling.
    await openCache().removeLeftovers();
  }, leaveOut);
  const load: Load = async (options, name, stepped) => {
    const onProgress: EngineEvents['progress'] = (report) => {
      if (report.task === STEP) {
        stepped?.(report.done, report.total);
        return;
      }
      stages.set(engine, report.stage);
      // One engine does it, for both.
      line.show(report.stage === 'difference' ? report : { ...report, name });
    };
    const served = isServed(options) ? startServed(options, onProgress) : undefined;
    const engine = served?.engine ?? startEngine({ onProgress });
    stages.set(engine, 'load');
    if (served) line.show({ stage: 'connect', done: 0, total: 1, name });
    const model = await (served?.model ?? engine.load(loadRequest(options)));
    // The answer may take a while, and then says itself how far it is.
    if (served) line.clear();
    return { engine, model };
  };
  try {
    return await use(load, (report) => line.show(report));
  } finally {
    line.clear();
    await stopAll();
  }
}

const loadRequest = (options: ModelOptions): Requests['load'] => ({
  task: TASK,
  path: options.model ?? defaultModelPath(),
  adapter: options.adapter,
  adapterApart: options.adapterApart,
  provider: options.provider,
  cache: compiledModels(),
  weights: options.weights,
  allowLarge: options.yes ?? false,
});

/**
 * Does this at the signals that end a command, and ends it; at a second one it ends at once.
 *
 * @param leaveOut what ends at Ctrl-C in place of the command; whether there is such a thing
 */
export function onStop(cleanUp: () => Promise<void>, leaveOut: () => boolean = () => false): void {
  for (const [signal, exitCode] of Object.entries(SIGNALS)) {
    const stop = () => {
      if (signal === 'SIGINT' && leaveOut()) return;
      process.removeListener(signal, stop);
      stopped = true;
      void cleanUp().finally(() => process.exit(exitCode));
    };
    process.on(signal, stop);
  }
}

let stopped = false;

/** Whether a signal has ended the command: what fails from then on does so because of it, and is not told. */
export const isStopped = () => stopped;
