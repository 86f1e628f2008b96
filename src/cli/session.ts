import { defaultModelPath } from '../../models/catalogue';
import { type Engine, startEngine } from '../engine/client';
import type { ModelInfo, Stage } from '../shared/engine-api';
import type { AskedStorage, Provider } from '../shared/request-fields';
import { compiledModels, openCache } from './compiled-models';
import { createProgressLine, type ProgressLine } from './terminal/progress';

export interface ModelOptions {
  /** Path of a model file; the model that comes with Vitrine by default. */
  model?: string;
  /** Path of an adapter. */
  adapter?: string;
  provider: Provider;
  weights?: AskedStorage;
  /** Whether more than 2 GB may be written and taken. */
  yes?: boolean;
}

/** The number that requests share: this process asks for one thing at a time. */
export const TASK = 0;

export type ShowProgress = ProgressLine['show'];

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Loads a model into an engine, lets it be used, and leaves no process behind: not after an error, nor after Ctrl-C. */
export async function withModel<T>(
  options: ModelOptions,
  use: (engine: Engine, model: ModelInfo, showProgress: ShowProgress) => Promise<T>,
): Promise<T> {
  const line = createProgressLine(process.stderr);
  let stage: Stage = 'load';
  const leaveOut = (): boolean => {
    if (stage !== 'compare') return false;
    void engine.cancel({ task: TASK }).catch(() => {});
    return true;
  };
  // Before there is an engine: a signal that came between would end this process without its exit code.
  onStop(async () => {
    line.clear();
    await engine.stop();
    // What it was compiling.
    await openCache().removeLeftovers();
  }, leaveOut);
  const engine = startEngine({
    onProgress: (report) => {
      stage = report.stage;
      line.show(report);
    },
  });
  try {
    const model = await engine.load({
      task: TASK,
      path: options.model ?? defaultModelPath(),
      adapter: options.adapter,
      provider: options.provider,
      cache: compiledModels(),
      weights: options.weights,
      allowLarge: options.yes ?? false,
    });
    return await use(engine, model, (report) => line.show(report));
  } finally {
    line.clear();
    await engine.stop();
  }
}

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
