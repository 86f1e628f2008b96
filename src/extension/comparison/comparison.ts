import * as vscode from 'vscode';
import type { ComparisonKind } from '../../shared/difference-api';
import type { ComparisonState } from '../../shared/inspector-api';
import { changesOfA, NO_READING_CHANGES, type ReadingChanges } from '../../shared/steering';
import { EngineHost, type ProgressReport } from '../engine/engine-host';
import type { ServedForm } from '../engine/model-choice';
import type { Readings } from '../readings/readings';
import { TextReadings } from '../readings/text-readings';
import type { Traces } from '../readings/traces';
import type { WindowServer } from '../server/window-server';
import { onSettingsChange } from '../settings';
import { isCancellation } from '../show-error';
import { type ComparedChoice, engineChoiceOf, isOfWeights } from './choice';
import { ComparedModelError } from './compared-model-error';
import { labelsOf } from './labels';
import { needsTurns } from './needs-turns';
import { readingOf } from './reading-of';

/** A model, or a way of the model, that reads texts. */
export interface ComparedModel {
  host: EngineHost;
  texts: TextReadings;
  /** What it computes otherwise than the model would. */
  changes(): ReadingChanges;
}

/** Whose the parts are that a comparison is made of. */
interface Parts {
  log: vscode.LogOutputChannel;
  host: EngineHost;
  readings: Readings;
  traces: Traces;
  server: WindowServer;
}

/**
 * What the text is held against. A is the model in use. B is another model, in an engine of its own that lives as long as the
 * comparison does, or A's own engine with something changed: then each of both computes what its part of the comparison
 * says, whatever the editor's colours have at present.
 */
export class Comparison implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<ProgressReport>();
  readonly #subscriptions: vscode.Disposable;
  readonly #a: ComparedModel;
  #choice: ComparedChoice | undefined;
  #b: ComparedModel | undefined;
  /** The engine of B, where that is not A's. */
  #host: EngineHost | undefined;
  #revision = 0;
  #gain = 1;
  #takesTurns = false;

  /** Fires when something else is compared, in another way, or B is at something else. */
  readonly onDidChange = this.#changed.event;

  /** Fires with what the engine of B reports of any task. */
  readonly onDidProgress = this.#progressed.event;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { host, readings, server } = parts;
    this.#a = this.#model(host, () => changesOfA(this.#choice && kindOf(this.#choice), readings));
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#progressed,
      host.onDidChange(() => this.#choice && this.#changed.fire()),
      readings.onDidChangeReading(() => this.#choice && this.#renew()),
      onSettingsChange(['model', 'adapter', 'weights'], () => this.#choice && this.#renew()),
      server.onDidChange(() => this.#serverChanged()),
      server.onDidRefuse((form) => this.#refused(form)),
    );
  }

  get choice(): ComparedChoice | undefined {
    return this.#choice;
  }

  /** The engine of B; undefined where that is A's own, or nothing is compared. */
  get host(): EngineHost | undefined {
    return this.#host;
  }

  /** The model in use, as it is compared. */
  get a(): ComparedModel {
    return this.#a;
  }

  /** Undefined where nothing is compared. */
  get b(): ComparedModel | undefined {
    return this.#b;
  }

  get state(): ComparisonState | undefined {
    const [choice, b] = [this.#choice, this.#b];
    if (!choice || !b) return undefined;
    const [modelA, modelB] = [this.#parts.host.model, b.host.model];
    const labels = labelsOf(choice, { a: modelA, b: modelB }, this.#gain, this.#parts.server.entry?.model);
    return {
      revision: this.#revision,
      kind: kindOf(choice),
      form: choice.kind === 'weights' ? choice.weights : undefined,
      a: { label: labels.a, model: modelA },
      b: { label: labels.b, model: modelB },
      adapterGain: modelB?.hasAdapterGain ? this.#gain : undefined,
      // What an engine reads once it has its model says nothing of the comparison: views would ask anew at each step of their own question.
      reading: modelB ? { kind: 'ready' } : readingOf(b.host.state),
      takesTurns: this.#takesTurns,
    };
  }

  choose(choice: ComparedChoice): void {
    this.#end();
    this.#choice = choice;
    this.#gain = 1;
    this.#takesTurns = false;
    const engine = engineChoiceOf(choice);
    this.#host = engine && new EngineHost(this.#parts.log, engine, (error) => this.#told(error));
    this.#host?.onDidChange(() => this.#changed.fire());
    this.#host?.onDidProgress((report) => this.#progressed.fire(report));
    this.#b = this.#model(this.#host ?? this.#parts.host, () => this.#changesOfB());
    this.#renew();
  }

  stop(): void {
    this.#end();
    this.#changed.fire();
  }

  /** Another engine for B, with the next use, and everything compared anew. */
  async restart(): Promise<void> {
    await this.#host?.stop('restarted');
    if (this.#choice) this.#renew();
  }

  /** Whether both give whole distributions, as far as it is known what they are. */
  get hasDistributions(): boolean {
    const models = [this.#parts.host.model, this.#b?.host.model];
    return models.every((model) => model?.capabilities.hasDistributions !== false);
  }

  /** Another number for whatever makes what was compared worthless. */
  get revision(): number {
    return this.#revision;
  }

  /** Finds out, before B is loaded, whether both fit into memory. */
  async prepare(): Promise<void> {
    const { host, server } = this.#parts;
    if (!this.#choice || !this.#host || this.#host.model) return;
    const isTooMuch = await needsTurns(this.#choice, server.modelChoice, host.model !== undefined);
    if (isTooMuch === this.#takesTurns) return;
    this.#takesTurns = isTooMuch;
    this.#changed.fire();
  }

  /** Loads both where memory holds both; else B is loaded when its turn comes. @throws VitrineError of A, ComparedModelError of B */
  async load(): Promise<void> {
    await this.prepare();
    await Promise.all([this.#parts.host.use(), this.#takesTurns ? undefined : this.#host?.use()]);
  }

  get takesTurns(): boolean {
    return this.#takesTurns;
  }

  set adapterGain(gain: number) {
    this.#gain = gain;
    this.#renew();
  }

  dispose(): void {
    this.#end();
    this.#subscriptions.dispose();
  }

  /** A person sees two models: whose an error is has to be said. */
  #told(error: unknown): unknown {
    const { state } = this;
    if (!state || isCancellation(error) || error instanceof ComparedModelError) return error;
    return new ComparedModelError(state.b.label, error);
  }

  #end(): void {
    this.#host?.dispose();
    this.#host = undefined;
    this.#b = undefined;
    this.#choice = undefined;
  }

  #model(host: EngineHost, changes: () => ReadingChanges): ComparedModel {
    return { host, changes, texts: new TextReadings(host, this.#parts.traces, changes) };
  }

  /** Heads and a direction are of one model: of another nothing is changed. */
  #changesOfB(): ReadingChanges {
    const { ablated, steering } = this.#parts.readings;
    switch (this.#choice?.kind) {
      case 'model':
      case 'server':
        return NO_READING_CHANGES;
      case 'adapter':
        return { ablated, steering, adapterGain: this.#gain };
      default:
        return { ablated, steering };
    }
  }

  /** A is another model: of one on a server there are no weights to hold against it. */
  #serverChanged(): void {
    if (!this.#choice) return;
    if (this.#parts.server.current && isOfWeights(this.#choice)) this.stop();
    else this.#renew();
  }

  /** Whoever does not want a text to go to B is not asked again at each edit. */
  #refused(form: ServedForm): void {
    if (this.#choice?.kind !== 'server' || this.#choice.form !== form) return;
    const { label } = this.#choice;
    this.stop();
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No text was sent to {0}, so nothing is compared any longer.', label),
    );
  }

  #renew(): void {
    this.#revision++;
    this.#changed.fire();
  }
}

/** To whoever sees both it does not matter where another model runs. */
const kindOf = ({ kind }: ComparedChoice): ComparisonKind => (kind === 'server' ? 'model' : kind);
