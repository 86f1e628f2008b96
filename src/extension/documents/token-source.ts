import { basename } from 'node:path';
import * as vscode from 'vscode';
import { catalogue, defaultModelPath } from '../../../models/catalogue';
import { readModelVocabulary } from '../../model/checkpoint/model-vocabulary';
import { createTokenizerInSlices, isTiktokenName, loadTiktoken, type Tokenizer } from '../../tokenizer';
import { chosenModel } from '../found-models/chosen-model';
import { onSettingsChange, settings } from '../settings';

/** The vocabulary that bands, counts and the token list use: the model's own, or another that the settings name. */
export class TokenSource implements vscode.Disposable {
  #model: { name: string } | undefined;
  readonly #loading = new Map<string, Promise<Tokenizer>>();
  readonly #loaded = new Map<string, Tokenizer>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #settings: vscode.Disposable;

  /** Fires when another vocabulary is to be used. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#settings = onSettingsChange(['tokenizer', 'model', 'adapter'], () => {
      this.#forget('model');
      this.#changed.fire();
    });
  }

  /** The tokenizer in use, loaded in slices that hold nobody up. */
  current(): Promise<Tokenizer> {
    return this.named(settings.tokenizer());
  }

  /** By the name that the setting has: `model`, or one of tiktoken's. */
  named(name: string): Promise<Tokenizer> {
    const known = this.#loading.get(name);
    if (known) return known;
    const loading = this.#load(name);
    this.#loading.set(name, loading);
    loading.then(
      (tokenizer) => this.#loading.get(name) === loading && this.#loaded.set(name, tokenizer),
      // What failed once may succeed later: a file comes back, a vocabulary is repaired.
      () => this.#loading.get(name) === loading && this.#forget(name),
    );
    return loading;
  }

  /** The same, where it is loaded already. */
  loaded(name: string): Tokenizer | undefined {
    return this.#loaded.get(name);
  }

  /** The model whose vocabulary is loaded, which need not be loaded itself. */
  get model(): { name: string } | undefined {
    return this.#model;
  }

  dispose(): void {
    this.#settings.dispose();
    this.#changed.dispose();
  }

  #forget(name: string): void {
    this.#loading.delete(name);
    this.#loaded.delete(name);
  }

  async #load(name: string): Promise<Tokenizer> {
    if (isTiktokenName(name)) return loadTiktoken(name);
    // From the file's header, by no engine: bands and counts need none, and it would compile the model first.
    const chosen = chosenModel();
    const path = chosen.path ?? defaultModelPath();
    const { name: nameInFile, vocabulary } = await readModelVocabulary(path, settings.adapter());
    const tokenizer = await createTokenizerInSlices(vocabulary);
    const known = catalogue.find(({ file }) => file === basename(path))?.name;
    this.#model = { name: chosen.name ?? known ?? nameInFile };
    return tokenizer;
  }
}
