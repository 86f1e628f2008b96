import { shortModelName } from '../../display/names';
import type { Engine } from '../../engine/client';
import type { ModelInfo, TokenScores } from '../../shared/engine-api';
import { createTokenizerInSlices, type Tokenizer } from '../../tokenizer';
import { type FileModel, modelKeyOf, readingLimitsOf } from '../../workspace/file-model';
import type { EngineGate } from '../background/engine-gate';
import { scoreInBackground } from '../background/score-in-background';
import { checkStillOf } from '../engine/engine-ended';
import type { EngineHost } from '../engine/engine-host';

/** The model in use as one that reads files: as its file has it, whatever is changed in it for the text in front. */
export class FileModels {
  readonly #host: EngineHost;
  readonly #gate: EngineGate;
  readonly #tokenizers = new WeakMap<Engine, Promise<Tokenizer>>();

  constructor(host: EngineHost, gate: EngineGate) {
    this.#host = host;
    this.#gate = gate;
  }

  /** Another object for each time that one is loaded. */
  get loaded(): ModelInfo | undefined {
    return this.#host.model;
  }

  /** Of the model that is loaded; another one for another model. */
  get key(): string | undefined {
    return this.#host.model && modelKeyOf(this.#host.model);
  }

  /** Asks a person before texts go to a server. @throws CancellationError where they say no */
  allow(size: { files: number; bytes: number }): Promise<void> {
    return this.#host.allowBackground(size);
  }

  /** Loads it where it is not. @param waits told when it stands back for somebody, and when it goes on. @throws VitrineError */
  async load(waits: (isWaiting: boolean) => void): Promise<FileModel> {
    const { engine, model } = await this.#host.use();
    const tokenizer = this.#tokenizers.get(engine) ?? engine.vocabulary({}).then(createTokenizerInSlices);
    this.#tokenizers.set(engine, tokenizer);
    tokenizer.catch(() => this.#tokenizers.delete(engine));
    const key = modelKeyOf(model);
    return {
      label: shortModelName(model.name),
      key,
      tokenizer: await tokenizer,
      ...readingLimitsOf(model),
      score: (ids, signal, progress) =>
        scoreInBackground(this.#host, this.#gate, key, { ids: [...ids] }, signal, { progress, waits }),
    };
  }

  /** The same model for somebody who waits: what is read in the background stands back. */
  awaited(model: FileModel): FileModel {
    return { ...model, score: (ids, signal) => this.#scoreNow(model.key, [...ids], signal) };
  }

  #scoreNow(key: string, ids: number[], signal: AbortSignal): Promise<TokenScores> {
    return this.#host.run(async ({ engine, model }) => {
      signal.throwIfAborted();
      checkStillOf(key, model);
      const task = this.#host.newTask();
      const stop = () => void engine.cancel({ task }).catch(() => {});
      signal.addEventListener('abort', stop, { once: true });
      try {
        // As the background does, it leaves alone what the engine remembers of the text in front.
        return await engine.scoreInBackground({ task, ids });
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    });
  }
}
