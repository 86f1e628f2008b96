import * as vscode from 'vscode';
import { createTokenizerInSlices, isTiktokenName, loadTiktoken, type Tokenizer } from '../../tokenizer';
import type { EngineHost } from '../engine/engine-host';
import { onSettingsChange, settings } from '../settings';

/** The vocabulary that bands, counts and the token list use: the model's own, or another that the settings name. */
export class TokenSource implements vscode.Disposable {
  readonly #host: EngineHost;
  readonly #loaded = new Map<string, Promise<Tokenizer>>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #settings: vscode.Disposable;

  /** Fires when another vocabulary is to be used. */
  readonly onDidChange = this.#changed.event;

  constructor(host: EngineHost) {
    this.#host = host;
    this.#settings = onSettingsChange(['tokenizer', 'model'], () => {
      this.#loaded.delete('model');
      this.#changed.fire();
    });
  }

  /** The tokenizer in use, loaded in slices that hold nobody up. */
  current(): Promise<Tokenizer> {
    return this.named(settings.tokenizer());
  }

  named(name: string): Promise<Tokenizer> {
    const known = this.#loaded.get(name);
    if (known) return known;
    const loading = this.#load(name);
    this.#loaded.set(name, loading);
    // What failed once may succeed later: a file comes back, an engine restarts.
    loading.catch(() => this.#loaded.delete(name));
    return loading;
  }

  dispose(): void {
    this.#settings.dispose();
    this.#changed.dispose();
  }

  async #load(name: string): Promise<Tokenizer> {
    if (isTiktokenName(name)) return loadTiktoken(name);
    return createTokenizerInSlices(await this.#host.vocabulary());
  }
}
