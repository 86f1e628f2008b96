import * as vscode from 'vscode';
import { render } from '../../display/sentences';
import { type Engine, startEngine } from '../../engine/client';
import { absence } from '../../shared/capabilities';
import type { EngineEvents, ModelInfo, Stage } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import type { Progress } from '../../shared/progress';
import { errorText } from '../error-text';
import { onSettingsChange, type SettingName, settings } from '../settings';
import { CrashLimit } from './crash-limit';
import { EngineStopped } from './engine-ended';
import { loadModel } from './load-model';
import type { BackgroundSize, ChosenForm, ModelChoice } from './model-choice';

/**
 * What a person sees of the engine: nothing runs, it is at work on something, it waits, it owes an answer and gives no sign
 * of itself, or it failed.
 */
export type EngineState =
  | { kind: 'off' }
  | { kind: 'working'; stage: Stage; done: number; total: number }
  | { kind: 'ready' }
  | { kind: 'unresponsive'; before: EngineState }
  | { kind: 'failed'; message: string };

export type ProgressReport = Parameters<EngineEvents['progress']>[0];

/** An engine with its model loaded. */
export interface ReadyEngine {
  engine: Engine;
  model: ModelInfo;
}

/** Settings that every engine depends on, whichever model it has. */
const SETTINGS: readonly SettingName[] = ['provider', 'threads', 'contextLimit', 'memoryLimitGB', 'cacheFolder'];

/** Of a window: a view's task is known by its number, whichever engine does it. */
let nextTask = 1;

/**
 * An engine's life in the editor: started when it is first needed, anew after a crash (three times in five minutes), and
 * ended when nobody has needed it for a while. Settings that change what is loaded end it too; the next use starts it. Each
 * model that is loaded at the same time has an engine of its own.
 */
export class EngineHost implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #choice: ModelChoice;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<ProgressReport>();
  readonly #crashes = new CrashLimit();
  readonly #settings: vscode.Disposable;
  /** Those that ended because somebody asked for it, or for another in their place. */
  readonly #stopped = new WeakMap<Engine, 'stopped' | 'restarted'>();
  #engine: Engine | undefined;
  #starting: Promise<ReadyEngine> | undefined;
  #ready: ReadyEngine | undefined;
  #state: EngineState = { kind: 'off' };
  #idle: NodeJS.Timeout | undefined;
  readonly #told: (error: unknown) => unknown;
  /** The tasks for which nobody waits, and who is told how far each is. */
  readonly #background = new Map<number, Progress>();
  /** How much is at work that somebody waits for, and that nobody does. */
  readonly #atWork = { waitedFor: 0, inBackground: 0 };

  /** Fires when the state, or the model that is loaded, changes. */
  readonly onDidChange = this.#changed.event;

  /** Fires with what the engine reports of any task. */
  readonly onDidProgress = this.#progressed.event;

  /** @param told makes of what went wrong what people are told of it */
  constructor(log: vscode.LogOutputChannel, choice: ModelChoice, told: (error: unknown) => unknown = (error) => error) {
    this.#log = log;
    this.#choice = choice;
    this.#told = told;
    this.#settings = vscode.Disposable.from(
      onSettingsChange([...choice.settings, ...SETTINGS], () => void this.stop()),
      onSettingsChange(['idleUnloadMinutes'], () => this.#engine && this.#postponeUnload()),
      ...(choice.onDidChange ? [choice.onDidChange(() => void this.stop())] : []),
    );
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Whether somebody waits for it: it is being loaded, or does what it was asked for. */
  get isBusy(): boolean {
    const isStarting = this.#starting !== undefined && this.#ready === undefined;
    return isStarting || this.#atWork.waitedFor > 0;
  }

  get model(): ModelInfo | undefined {
    return this.#ready?.model;
  }

  /**
   * The engine, started and loaded where it is not.
   *
   * @param allowLarge whether a person has agreed to what compiling the model takes
   * @throws VitrineError in a sentence that can be shown.
   */
  async use(allowLarge = false): Promise<ReadyEngine> {
    this.#postponeUnload();
    if (this.#crashes.reached) throw this.#told(new VitrineError('engine.crashes', crashedTooOften()));
    this.#starting ??= this.#start(allowLarge);
    return this.#starting;
  }

  /** A number that no other task of any engine has. */
  newTask(): number {
    return nextTask++;
  }

  /** Ends a task, or of a load at `compare` only the comparison. */
  cancel(task: number): void {
    void this.#engine?.cancel({ task }).catch(() => {});
  }

  /** Does long work under a number of its own, which a token can cancel. */
  runTask<T>(token: vscode.CancellationToken, work: (ready: ReadyEngine, task: number) => Promise<T>): Promise<T> {
    return this.run(async (ready) => {
      const task = this.newTask();
      const cancellation = token.onCancellationRequested(() => void ready.engine.cancel({ task }).catch(() => {}));
      try {
        if (token.isCancellationRequested) throw new vscode.CancellationError();
        return await work(ready, task);
      } finally {
        cancellation.dispose();
      }
    });
  }

  /** Does work with the engine, which is not unloaded meanwhile. */
  run<T>(work: (ready: ReadyEngine) => Promise<T>): Promise<T> {
    return this.#run('waitedFor', work);
  }

  /**
   * Asks a person where its model runs on a server, before that reads files or rows while nobody waits.
   *
   * @throws CancellationError where they say no, VitrineError where the model tells nothing of what it reads
   */
  async allowBackground(size: BackgroundSize): Promise<void> {
    const { model } = await this.use();
    const { capabilities, name } = model;
    if (!capabilities.hasLogprobs) throw new VitrineError('capability.absent', absence('hasLogprobs', name));
    const form = model.server && this.#choice.current();
    if (form?.kind === 'served') await form.allowBackground(size);
  }

  /** Does work for which nobody waits, under a number of its own: how far that is nobody is told but `progress`. */
  async runInBackground<T>(
    work: (ready: ReadyEngine, task: number) => Promise<T>,
    progress: Progress = () => {},
  ): Promise<T> {
    const task = this.newTask();
    this.#background.set(task, progress);
    try {
      return await this.#run('inBackground', (ready) => work(ready, task));
    } finally {
      this.#background.delete(task);
    }
  }

  async restart(): Promise<void> {
    await this.stop('restarted');
    await this.use();
  }

  /** Where its model runs on a server, has that of the settings in its place. @returns goes back to the server */
  leaveServer(): () => void {
    return this.#choice.leaveServer?.() ?? (() => {});
  }

  /** Ends the engine; the next use starts it, where somebody restarts it however often it has crashed. */
  async stop(why: 'stopped' | 'restarted' = 'stopped'): Promise<void> {
    if (why === 'restarted') this.#crashes.reset();
    const engine = this.#engine;
    if (engine) this.#stopped.set(engine, why);
    this.#forget();
    clearTimeout(this.#idle);
    this.#setState({ kind: 'off' });
    await engine?.stop();
  }

  dispose(): void {
    void this.stop();
    vscode.Disposable.from(this.#settings, this.#changed, this.#progressed).dispose();
  }

  async #run<T>(kind: 'waitedFor' | 'inBackground', work: (ready: ReadyEngine) => Promise<T>): Promise<T> {
    const ready = await this.use();
    this.#atWork[kind]++;
    try {
      const done = await work(ready);
      if (this.#ready === ready && this.#state.kind === 'failed') this.#setState({ kind: 'ready' });
      return done;
    } catch (error) {
      // What a person has stopped has not failed.
      if (this.#stopped.has(ready.engine)) throw new EngineStopped();
      const told = this.#told(error);
      if (this.#ready === ready && isServerLost(error)) this.#setState({ kind: 'failed', message: errorText(told) });
      throw told;
    } finally {
      this.#atWork[kind]--;
      this.#postponeUnload();
      const isCurrent = this.#ready === ready;
      if (isCurrent && this.#state.kind === 'working' && this.#atWork.waitedFor === 0)
        this.#setState({ kind: 'ready' });
    }
  }

  async #start(allowLarge: boolean): Promise<ReadyEngine> {
    this.#setState({ kind: 'working', stage: 'load', done: 0, total: 1 });
    let engine: Engine | undefined;
    try {
      const begun = this.#begin(this.#choice.current(), allowLarge);
      engine = begun.engine;
      const model = await begun.loading;
      this.#log.info(
        `loaded ${model.name} on ${model.provider} in ${model.loadSeconds.toFixed(2)} s (${render(model.providerNote)})`,
      );
      this.#ready = { engine, model };
      this.#setState({ kind: 'ready' });
      return this.#ready;
    } catch (error) {
      throw await this.#failed(engine, error);
    }
  }

  /** @returns the engine in use from now on, and the model that it is loading */
  #begin(form: ChosenForm, allowLarge: boolean): { engine: Engine; loading: Promise<ModelInfo> } {
    if (form.kind === 'served') {
      const started = form.start((report) => this.#toldProgress(started.engine, report));
      this.#engine = started.engine;
      return { engine: started.engine, loading: started.model };
    }
    const engine = startEngine({
      onProgress: (report) => this.#toldProgress(engine, report),
      onExit: () => this.#ended(engine),
      onSilence: (isSilent) => {
        if (this.#engine === engine) this.#silenceChanged(isSilent);
      },
    });
    this.#engine = engine;
    return { engine, loading: loadModel(engine, form, this.newTask(), allowLarge) };
  }

  #toldProgress(engine: Engine, report: ProgressReport): void {
    // What was still on its way from an engine that has been stopped.
    if (this.#engine !== engine) return;
    const { task, stage, done, total } = report;
    const inBackground = this.#background.get(task);
    if (inBackground) {
      inBackground(done, total);
      return;
    }
    this.#setState({ kind: 'working', stage, done, total });
    this.#progressed.fire(report);
  }

  /** Cleans up after a start that failed, perhaps before there was an engine. @returns what to tell whoever waits for it */
  async #failed(engine: Engine | undefined, cause: unknown): Promise<unknown> {
    const why = engine && this.#stopped.get(engine);
    if (why !== undefined) return why === 'restarted' ? new EngineStopped() : new vscode.CancellationError();
    const error = this.#told(cause);
    // Then its end is told anyway, and counted.
    if (error instanceof VitrineError && error.code === 'engine.died') return error;
    this.#forget();
    this.#setState(
      error instanceof vscode.CancellationError ? { kind: 'off' } : { kind: 'failed', message: errorText(error) },
    );
    this.#log.error(errorText(error));
    if (engine) this.#stopped.set(engine, 'stopped');
    await engine?.stop();
    return error;
  }

  /** The process is gone. Where nobody asked for that, it is a crash. */
  #ended(engine: Engine): void {
    if (this.#stopped.has(engine)) return;
    this.#crashes.add(Date.now());
    this.#log.error('the engine stopped unexpectedly');
    this.#forget();
    const text = vscode.l10n.t('The engine stopped unexpectedly. It starts anew with the next use.');
    this.#setState({ kind: 'failed', message: errorText(this.#told(new VitrineError('engine.died', text))) });
  }

  #silenceChanged(isSilent: boolean): void {
    const state = this.#state;
    if (isSilent) {
      this.#log.warn('the engine has not answered for five seconds, and shows no sign of being at work');
      this.#setState({ kind: 'unresponsive', before: state });
    } else if (state.kind === 'unresponsive') {
      this.#log.info('the engine answers again');
      this.#setState(state.before);
    }
  }

  #forget(): void {
    this.#engine = undefined;
    this.#starting = undefined;
    this.#ready = undefined;
  }

  #postponeUnload(): void {
    clearTimeout(this.#idle);
    const after = settings.idleUnloadMs();
    if (after > 0)
      this.#idle = setTimeout(
        () => (this.isBusy || this.#atWork.inBackground > 0 ? this.#postponeUnload() : void this.stop()),
        after,
      );
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#changed.fire();
  }
}

/** Nothing is to be had of a server at present. It is asked again with the next text, and is as before where it answers. */
const LOST = new Set(['server.unreachable', 'server.silent', 'server.changed', 'server.key']);

const isServerLost = (error: unknown): boolean => error instanceof VitrineError && LOST.has(error.code);

const crashedTooOften = () =>
  vscode.l10n.t('The engine has stopped three times in five minutes. Restart it, or look into the log.');
