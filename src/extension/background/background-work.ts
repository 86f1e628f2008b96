import * as vscode from 'vscode';
import { BackgroundReader } from '../../background/background-reader';
import type { Comparison } from '../comparison/comparison';
import type { EngineHost } from '../engine/engine-host';
import { EngineGate } from './engine-gate';

/** The one scheduler of a window for what nobody waits for, and what lets it to the engines. */
export class BackgroundWork implements vscode.Disposable {
  readonly gate: EngineGate;
  readonly reader: BackgroundReader;
  readonly #typing: vscode.Disposable;

  constructor(host: EngineHost, comparison: Comparison) {
    this.gate = new EngineGate(() => (comparison.host ? [host, comparison.host] : [host]));
    this.reader = new BackgroundReader(this.gate);
    this.#typing = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // The output of programs is a document too.
      if (contentChanges.length > 0 && document.uri.scheme !== 'output') this.gate.typed();
    });
  }

  dispose(): void {
    this.#typing.dispose();
    this.reader.clear();
  }
}
