import { basename } from 'node:path';
import * as vscode from 'vscode';
import { catalogue, defaultModelPath } from '../../../models/catalogue';
import { MODEL_VOCABULARY } from '../../display/names';
import { readModelVocabulary } from '../../model/checkpoint/model-vocabulary';
import { createTokenizerInSlices, isTiktokenName, loadTiktoken, type Tokenizer } from '../../tokenizer';
import type { EngineHost } from '../engine/engine-host';
import type { LoadedForm, ModelChoice } from '../engine/model-choice';
import { onSettingsChange, settings } from '../settings';

/** The vocabulary that bands, counts and the token list use: the model's own, or another that the settings name. */
export class TokenSource implements vscode.Disposable {
  readonly #choice: ModelChoice;
  readonly #host: EngineHost;
  #model: { name: string } | undefined;
  /** Of the model on a server whose vocabulary is loaded, by which it is known again. */
  #served: string | undefined;
  readonly #loading = new Map<string, Promise<Tokenizer>>();
  readonly #loaded = new Map<string, Tokenizer>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  /** Fires when another vocabulary is to be used. */
  readonly onDidChange = this.#changed.event;

  /** @param host whose model it is that is chosen */
  constructor(choice: ModelChoice, host: EngineHost) {
    this.#choice = choice;
    this.#host = host;
    const change = () => {
      this.#forget('model');
      this.#changed.fire();
    };
    this.#subscriptions = vscode.Disposable.from(
      onSettingsChange(['tokenizer', 'model', 'adapter'], change),
      ...(choice.onDidChange ? [choice.onDidChange(change)] : []),
      // Behind the same name of a server there may be another model the next time.
      host.onDidChange(() => {
        const isAnother = host.model && this.#served !== undefined && host.model.sha256 !== this.#served;
        if (isAnother) change();
      }),
    );
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
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #forget(name: string): void {
    if (name === MODEL_VOCABULARY) this.#served = undefined;
    this.#loading.delete(name);
    this.#loaded.delete(name);
  }

  async #load(name: string): Promise<Tokenizer> {
    if (isTiktokenName(name)) return loadTiktoken(name);
    const form = this.#choice.current();
    return form.kind === 'served' ? this.#loadOfServer() : this.#loadOfFile(form);
  }

  /** From the file's header, by no engine: bands and counts need none, and it would compile the model first. */
  async #loadOfFile(chosen: LoadedForm): Promise<Tokenizer> {
    const path = chosen.path ?? defaultModelPath();
    const { name: nameInFile, vocabulary } = await readModelVocabulary(path, chosen.adapter);
    const tokenizer = await createTokenizerInSlices(vocabulary);
    const known = catalogue.find(({ file }) => file === basename(path))?.name;
    this.#model = { name: chosen.name ?? known ?? nameInFile };
    return tokenizer;
  }

  /** The one with which the server has shown that its numbers are of our tokens. */
  #loadOfServer(): Promise<Tokenizer> {
    return this.#host.run(async ({ engine, model }) => {
      const tokenizer = await createTokenizerInSlices(await engine.vocabulary({}));
      this.#model = { name: model.name };
      this.#served = model.sha256;
      return tokenizer;
    });
  }
}
