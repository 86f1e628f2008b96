import type * as vscode from 'vscode';
import type { EngineApi } from '../../shared/requests';
import type { ReadingChanges } from '../../shared/steering';
import { againOnceEnded } from '../engine/engine-ended';
import type { EngineHost } from '../engine/engine-host';
import { type ForwardPass, type ForwardProgress, Passes } from './passes';
import { createTracedEngine } from './traced-engine';
import type { Traces } from './traces';

/** Lets a model read texts, as it is changed at present. */
export class TextReadings {
  /** Its engine, whichever runs, for questions about the traces of what was read. */
  readonly engine: EngineApi;
  readonly #passes: Passes;
  readonly #changes: () => ReadingChanges;

  /** @param changes what it computes otherwise, asked for whenever it reads */
  constructor(host: EngineHost, traces: Traces, changes: () => ReadingChanges) {
    this.#passes = new Passes(host, traces);
    this.engine = createTracedEngine(host, traces);
    this.#changes = changes;
  }

  /**
   * Lets the model read a text, or finds that it has; of one that is too long the end that fits. Where the engine ends
   * meanwhile, by itself or because somebody restarts it, the next one reads it again, once.
   */
  forward(text: string, token: vscode.CancellationToken, progress: ForwardProgress = {}): Promise<ForwardPass> {
    // The next engine may have another model, in which nothing is changed.
    const run = () => this.#passes.run(text, token, { changes: this.#changes(), truncate: true, ...progress });
    return againOnceEnded(run, progress.interrupted);
  }
}
