import type * as vscode from 'vscode';
import { quantityAbsence } from '../../display/quantities';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
import { isEngineEnded } from '../engine/engine-ended';
import type { ReadingRequest } from '../readings/read-document';
import type { Reading } from '../readings/reading';
import { isServerOutage, ServerOutage } from '../readings/server-outage';
import type { Services } from '../services';
import { settings } from '../settings';
import type { ColouredBy } from './coloured-by';
import type { CutNotice } from './cut-notice';
import { FailureNotice } from './failure-notice';
import type { HeatTarget } from './heat-target';
import { withLateProgress } from './late-progress';
import { partOfDocument } from './seen-part';

/** A pause in typing or scrolling after which a text is read again; of a server that reads all of it anew a longer one. */
const PAUSE_MS = 150;
const SERVER_PAUSE_MS = 600;

/** Tokens that are read before what is seen at first: enough for most of what they tell, and soon read. */
const TOKENS_AT_FIRST = 512;

/** Whose colours are on. */
interface Targets {
  isCurrent(target: HeatTarget): boolean;
  remove(document: vscode.TextDocument): void;
  /** Takes all colours away, and what they are of. */
  forgetAll(): void;
}

/** Has the model read what is coloured: once a scroll, from a little before what is seen at first, and when nobody scrolls from further. */
export class HeatReading implements vscode.Disposable {
  readonly #services: Services;
  readonly #cutNotice: CutNotice;
  readonly #failureNotice: FailureNotice;
  readonly #targets: Targets;
  /** Those whose engine ended while it read, or whose server did not answer. */
  readonly #interrupted = new Set<HeatTarget>();
  readonly #outage = new ServerOutage();
  /** Of the engine in use: another object for every engine. */
  #model: ModelInfo | undefined;
  readonly #subscription: vscode.Disposable;

  constructor(services: Services, cutNotice: CutNotice, targets: Targets) {
    this.#services = services;
    this.#cutNotice = cutNotice;
    this.#failureNotice = new FailureNotice(services.host);
    this.#targets = targets;
    this.#subscription = services.host.onDidChange(() => this.#engineChanged());
  }

  checkModel(quantity: ColouredBy): void {
    const { model } = this.#services.host;
    if (model) refuseAbsent(quantity, model);
  }

  get pause(): number {
    const { server } = this.#services.host.model ?? {};
    return server && !server.isIncremental ? SERVER_PAUSE_MS : PAUSE_MS;
  }

  /** Reads what is seen, where that has not been read. */
  readAgain(target: HeatTarget): void {
    // What is seen may have been another for a moment, as while an editor is laid out.
    if (!target.isVisible || target.isUnderWay || target.isCancelled) return;
    if (target.isReadIn(this.#services.readings.get(target.document))) target.requestContext();
    else if (this.#outage.pause > 0) target.requestReading(this.#outage.pause);
    else this.read(target).catch((error: unknown) => this.#tell(error));
  }

  /** @throws VitrineError where the text cannot be read; the colours that were there stay only if the engine ended, or its server does not answer. */
  async read(target: HeatTarget): Promise<void> {
    await this.#reading(target, async () => {
      if (target.selections) return this.#selections(target, target.selections);
      // To a server the text goes once, with all that it is to read before.
      const first = this.#services.host.model?.server ? Number.POSITIVE_INFINITY : TOKENS_AT_FIRST;
      const before = Math.min(first, wantedBefore());
      const reading = await this.#seen(target, before, target.seen.start);
      if (reading) target.requestContext();
      return reading;
    });
  }

  /** Reads more of the text before what is seen, and changes the colours when it has. */
  readContext(target: HeatTarget): void {
    const { readings } = this.#services;
    const known = readings.get(target.document);
    // Texts that are read by themselves have nothing before them.
    if (readings.isApart(target.document)) return;
    if (target.selections || !target.isVisible || target.isCancelled || !target.isReadIn(known)) return;
    if (this.#outage.pause > 0) return;
    const from = known?.reading.parts[0]?.starts[0] ?? 0;
    if (from === 0) return;
    this.#reading(target, () => this.#seen(target, wantedBefore(), Number.POSITIVE_INFINITY, from)).catch(
      (error: unknown) => this.#tell(error),
    );
  }

  /** Ends what is read for a target. */
  stop(target: HeatTarget): void {
    target.underWay = undefined;
    this.#services.readings.cancel(target.document);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#failureNotice.dispose();
  }

  async #reading(target: HeatTarget, read: () => Promise<Reading | undefined>): Promise<void> {
    const { document } = target;
    const cancel = () => this.#cancel(target);
    try {
      const { model } = await this.#services.host.use();
      refuseAbsent(target.quantity, model);
      const reading = await withLateProgress(this.#services, document, read, cancel, () => target.underWay?.tokens);
      if (!reading) return;
      this.#outage.end();
      this.#cutNotice.tell(document, reading);
    } catch (error) {
      this.#failed(target, error);
      throw error;
    }
  }

  #failed(target: HeatTarget, error: unknown): void {
    const { document } = target;
    const { readings } = this.#services;
    const isOutage = isServerOutage(error);
    if (isOutage) this.#outage.failed();
    if (isEngineEnded(error) || (isOutage && readings.get(document))) this.#interrupted.add(target);
    // The server has another model now: no colours are of that.
    else if (error instanceof VitrineError && error.code === 'server.changed') this.#targets.forgetAll();
    else if (this.#targets.isCurrent(target)) this.#targets.remove(document);
  }

  /** Of a server that does not answer it is told once until it does. */
  async #tell(error: unknown): Promise<void> {
    if (!isServerOutage(error) || !this.#outage.isKnown) await this.#failureNotice.tell(error);
  }

  async #selections(target: HeatTarget, shown: NonNullable<HeatTarget['selections']>): Promise<Reading | undefined> {
    const from = await this.#startOf(target, shown);
    if (!this.#targets.isCurrent(target)) return undefined;
    return this.#readFor(target, { shown, seen: shown[0]?.start ?? 0, ...(from !== undefined && { from }) });
  }

  /** To a server go some tokens before a selection, and not all of the text before it. Undefined where the mode says how many. */
  async #startOf({ document }: HeatTarget, shown: readonly Span[]): Promise<number | undefined> {
    const { host, readings } = this.#services;
    if (!host.model?.server || readings.mode === 'selectionAlone' || readings.isApart(document)) return undefined;
    const seen = { start: Math.min(...shown.map(({ start }) => start)), end: Math.max(...shown.map(({ end }) => end)) };
    const { start } = await partOfDocument(this.#services, document, seen, wantedBefore());
    return start;
  }

  /**
   * @param waited from which offset on somebody waits for it
   * @param unlessFrom where the text was read from already, which need not be done again
   */
  async #seen(target: HeatTarget, before: number, waited: number, unlessFrom?: number): Promise<Reading | undefined> {
    const { document } = target;
    const { version } = document;
    const part = await partOfDocument(this.#services, document, target.seen, before);
    // Meanwhile the colours may have been taken away, or the text edited, which asks for another.
    if (!this.#targets.isCurrent(target) || document.version !== version || part.start === unlessFrom) return undefined;
    return this.#readFor(target, { shown: [part.shown], seen: waited, from: part.start }, part.tokens);
  }

  async #readFor(target: HeatTarget, request: ReadingRequest, tokens?: number): Promise<Reading | undefined> {
    const underWay = { shown: request.shown, tokens };
    target.underWay = underWay;
    try {
      return await this.#services.readings.read(target.document, request);
    } finally {
      if (target.underWay === underWay) target.underWay = undefined;
    }
  }

  /** What is coloured stays so, and the model reads on when somebody scrolls or types. */
  #cancel(target: HeatTarget): void {
    const { readings } = this.#services;
    target.cancel();
    this.stop(target);
    if (this.#targets.isCurrent(target) && !readings.get(target.document)) this.#targets.remove(target.document);
  }

  /** Another engine runs: what the last one could not read it can. */
  #engineChanged(): void {
    const { model, state } = this.#services.host;
    if (state.kind !== 'ready') return;
    if (model !== this.#model) this.#outage.end();
    this.#model = model;
    for (const target of this.#interrupted) if (this.#targets.isCurrent(target)) target.requestReading();
    this.#interrupted.clear();
  }
}

/** @throws VitrineError where a model does not give what a text is coloured by */
function refuseAbsent(quantity: ColouredBy, model: ModelInfo): void {
  const absent = quantity === 'difference' ? undefined : quantityAbsence(quantity, model);
  if (absent) throw new VitrineError('capability.absent', absent);
}

/** Tokens to read before what is seen, by the setting. */
const wantedBefore = (): number => settings.contextBefore() ?? Number.POSITIVE_INFINITY;
