import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { MODEL_VOCABULARY } from '../../../src/display/names';
import { startEngine } from '../../../src/engine/client';
import type { EngineEvents, ModelInfo } from '../../../src/shared/engine-api';
import type { AskedStorage } from '../../../src/shared/request-fields';
import { type EngineApi, requests } from '../../../src/shared/requests';
import { createTokenizerInSlices, isTiktokenName, loadTiktoken, type Tokenizer } from '../../../src/tokenizer';
import type { ServerKind } from '../../support/fake-model-server';
import { launchBrowser } from '../../workbench/harness/browser';
import type { Running } from './running';
import { serveModel } from './served';

/** What a second engine runs. */
interface OtherModel {
  /** By default that of the stage. */
  path?: string | undefined;
  weights?: AskedStorage | undefined;
}

/** Who is told of an engine. */
interface Listeners {
  onExit(): void;
  onProgress?: EngineEvents['progress'];
}

interface StageOptions {
  /** Of a model. */
  path?: string | undefined;
  /** The server behind which the model is; undefined where the engine runs it. */
  served?: ServerKind | undefined;
  /** That others use too, and that stays open; by default one of its own. */
  browser?: Browser;
}

/** What inspectors stand on: a browser, tokenizers, and the engine with a model, by default the one that comes with Vitrine; started anew where it died. */
export class Stage {
  readonly browser: Browser;
  readonly engine: EngineApi;
  readonly #isBrowserOwn: boolean;
  readonly #path: string | undefined;
  readonly #served: ServerKind | undefined;
  readonly #tokenizers = new Map<string, Promise<Tokenizer>>();
  readonly #listeners = new Set<EngineEvents['progress']>();
  readonly #others = new Map<string, Promise<Running>>();
  #running: Promise<Running> | undefined;
  #task = 0;

  private constructor(browser: Browser, { path, served, browser: shared }: StageOptions) {
    this.browser = browser;
    this.#isBrowserOwn = shared === undefined;
    this.#path = path;
    this.#served = served;
    const methods = Object.keys(requests) as (keyof EngineApi)[];
    const call = async (method: keyof EngineApi, request: never) =>
      (await this.#started()).engine[method](request) as Promise<unknown>;
    this.engine = Object.fromEntries(
      methods.map((method) => [method, (request: never) => call(method, request)]),
    ) as unknown as EngineApi;
  }

  static async open(options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(options.browser ?? (await launchBrowser()), options);
    await stage.#started();
    return stage;
  }

  async close(): Promise<void> {
    if (this.#isBrowserOwn) await this.browser.close();
    await this.killEngine();
    await this.closeOthers();
  }

  /** Ends the engines of other models. */
  async closeOthers(): Promise<void> {
    for (const other of this.#others.values()) await (await other).engine.stop();
  }

  /** Ends the engine at once, as a crash does; the next use starts it. */
  async killEngine(): Promise<void> {
    await (await this.#running)?.engine.stop();
  }

  /** Another model, or the same with its weights in another form, in an engine of its own. */
  another({ path = this.#path, weights }: OtherModel): Promise<Running> {
    const key = `${path} ${weights}`;
    const running = this.#others.get(key) ?? this.#start({ path, weights }, { onExit: () => this.#others.delete(key) });
    this.#others.set(key, running);
    return running;
  }

  async model(): Promise<ModelInfo> {
    return (await this.#started()).model;
  }

  /** `model`, or one of tiktoken's. */
  named(name: string): Promise<Tokenizer> {
    const tokenizer = this.#tokenizers.get(name) ?? this.#loadTokenizer(name);
    this.#tokenizers.set(name, tokenizer);
    return tokenizer;
  }

  newTask(): number {
    return ++this.#task;
  }

  /** Calls a listener with what the engine reports of its tasks. @returns what ends that */
  onProgress(listener: EngineEvents['progress']): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #started(): Promise<Running> {
    this.#running ??= this.#startOwn();
    return this.#running;
  }

  async #startOwn(): Promise<Running> {
    const onExit = () => {
      this.#running = undefined;
    };
    const path = this.#path;
    if (!this.#served) return this.#start({ path }, { onExit });
    // What the engine behind the server is at nobody sees.
    return serveModel(await this.#start({ path }, { onExit, onProgress: () => {} }), this.#served, this.#tell);
  }

  readonly #tell: EngineEvents['progress'] = (report) => {
    for (const listener of this.#listeners) listener(report);
  };

  async #start({ path, weights }: OtherModel, { onExit, onProgress = this.#tell }: Listeners): Promise<Running> {
    const engine = startEngine({ entry: resolve('dist/engine.js'), onProgress, onExit });
    const model = await engine.load({
      task: this.newTask(),
      path,
      weights,
      provider: 'cpu',
      threads: 1,
      cache: { limitBytes: 50e9 },
    });
    return { engine, model };
  }

  async #loadTokenizer(name: string): Promise<Tokenizer> {
    if (isTiktokenName(name)) return loadTiktoken(name);
    if (name !== MODEL_VOCABULARY) throw new Error(`There is no vocabulary ${name}.`);
    return createTokenizerInSlices(await this.engine.vocabulary({}));
  }
}
