import * as vscode from 'vscode';
import type { ModelInfo, TraceInfo } from '../../shared/engine-api';
import { changesKey, interventionsOf, type ReadingChanges } from '../../shared/steering';
import type { EngineHost } from '../engine/engine-host';
import type { Traces } from './traces';

/** A text that a model has read; the number of its trace is that of this window. */
export interface ForwardPass extends TraceInfo {
  model: ModelInfo;
}

/** What somebody who waits for a pass wants to be told. */
export interface ForwardProgress {
  /** Called with the number of the engine's task. */
  began?: (task: number) => void;
  /** Called when the engine has ended, and another one begins anew. */
  interrupted?: () => void;
}

export interface ForwardOptions extends ForwardProgress {
  /** What the model computes otherwise. */
  changes: ReadingChanges;
  /** Whether of a text that is too long the end that fits is read. */
  truncate: boolean;
}

/** A pass that is under way, and those who wait for it. */
interface Running {
  result: Promise<ForwardPass>;
  cancellation: vscode.CancellationTokenSource;
  /** Undefined while the engine starts. */
  task: number | undefined;
  waiting: ForwardOptions[];
}

/** A text past the context loses its beginning in pieces of this share of the context. */
const TRUNCATE_STEPS = 8;

/** Forward passes. Who asks for one that is under way for another waits with them; it is cancelled when nobody waits any longer. */
export class Passes {
  readonly #host: EngineHost;
  readonly #traces: Traces;
  readonly #running = new Map<string, Running>();

  constructor(host: EngineHost, traces: Traces) {
    this.#host = host;
    this.#traces = traces;
  }

  /** Lets the model read a text, or finds that it has. @throws CancellationError */
  async run(text: string, token: vscode.CancellationToken, options: ForwardOptions): Promise<ForwardPass> {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    const { changes } = options;
    const key = JSON.stringify([options.truncate, changesKey(changes), text]);
    const running = this.#running.get(key) ?? this.#start(key, text, options);
    running.waiting.push(options);
    if (running.task !== undefined) options.began?.(running.task);
    try {
      return await orCancelled(running.result, token);
    } finally {
      running.waiting.splice(running.waiting.indexOf(options), 1);
      if (running.waiting.length === 0) this.#end(key, running);
    }
  }

  #start(key: string, text: string, options: ForwardOptions): Running {
    const cancellation = new vscode.CancellationTokenSource();
    const began = (task: number) => {
      running.task = task;
      for (const waiting of running.waiting) waiting.began?.(task);
    };
    const result = this.#forward(text, options, cancellation.token, began);
    const running: Running = { result, cancellation, task: undefined, waiting: [] };
    this.#running.set(key, running);
    return running;
  }

  #end(key: string, running: Running): void {
    if (this.#running.get(key) === running) this.#running.delete(key);
    running.cancellation.cancel();
    running.cancellation.dispose();
  }

  #forward(
    text: string,
    { changes, truncate }: ForwardOptions,
    token: vscode.CancellationToken,
    began: (task: number) => void,
  ): Promise<ForwardPass> {
    return this.#host.runTask(token, async (ready, task) => {
      began(task);
      const { engine, model } = ready;
      const interventions = interventionsOf(changes);
      const truncateStep = Math.ceil(model.contextLength / TRUNCATE_STEPS);
      const info = await engine.forward({ task, text, truncate, truncateStep, ...interventions });
      return { ...info, model, trace: this.#traces.add(this.#host, ready, info.trace, info.ids, interventions) };
    });
  }
}

/** What somebody waits for, or as soon as they no longer do a CancellationError. */
function orCancelled<T>(result: Promise<T>, token: vscode.CancellationToken): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscription = token.onCancellationRequested(() => reject(new vscode.CancellationError()));
    result.then(resolve, reject).finally(() => subscription.dispose());
  });
}
