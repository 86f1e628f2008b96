import type * as vscode from 'vscode';
import { isEngineEnded } from '../engine/engine-ended';
import type { ReadingRequest } from '../readings/read-document';
import type { Reading } from '../readings/reading';
import type { Services } from '../services';
import { settings } from '../settings';
import type { CutNotice } from './cut-notice';
import { FailureNotice } from './failure-notice';
import type { HeatTarget } from './heat-target';
import { withLateProgress } from './late-progress';
import { partOfDocument } from './seen-part';

/** Tokens that are read before what is seen at first: enough for most of what they tell, and soon read. */
const TOKENS_AT_FIRST = 512;

/** Whose colours are on. */
interface Targets {
  isCurrent(target: HeatTarget): boolean;
  remove(document: vscode.TextDocument): void;
}

/** Has the model read what is coloured: once a scroll, from a little before what is seen at first, and when nobody scrolls from further. */
export class HeatReading implements vscode.Disposable {
  readonly #services: Services;
  readonly #cutNotice: CutNotice;
  readonly #failureNotice: FailureNotice;
  readonly #targets: Targets;
  /** Those whose engine ended while it read. */
  readonly #interrupted = new Set<HeatTarget>();
  readonly #subscription: vscode.Disposable;

  constructor(services: Services, cutNotice: CutNotice, targets: Targets) {
    this.#services = services;
    this.#cutNotice = cutNotice;
    this.#failureNotice = new FailureNotice(services.host);
    this.#targets = targets;
    this.#subscription = services.host.onDidChange(() => this.#engineChanged());
  }

  /** Reads what is seen, where that has not been read. */
  readAgain(target: HeatTarget): void {
    // What is seen may have been another for a moment, as while an editor is laid out.
    if (!target.isVisible || target.isUnderWay || target.isCancelled) return;
    if (target.isReadIn(this.#services.readings.get(target.document))) target.requestContext();
    else this.read(target).catch((error: unknown) => this.#failureNotice.tell(error));
  }

  /** @throws VitrineError where the text cannot be read; the colours that were there stay only if the engine ended. */
  async read(target: HeatTarget): Promise<void> {
    const before = Math.min(TOKENS_AT_FIRST, wantedBefore());
    await this.#reading(target, async () => {
      if (target.selections) return this.#selections(target, target.selections);
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
    const from = known?.reading.parts[0]?.starts[0] ?? 0;
    if (from === 0) return;
    this.#reading(target, () => this.#seen(target, wantedBefore(), Number.POSITIVE_INFINITY, from)).catch(
      (error: unknown) => this.#failureNotice.tell(error),
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
      const reading = await withLateProgress(this.#services, document, read, cancel, () => target.underWay?.tokens);
      if (reading) this.#cutNotice.tell(document, reading);
    } catch (error) {
      if (isEngineEnded(error)) this.#interrupted.add(target);
      else if (this.#targets.isCurrent(target)) this.#targets.remove(document);
      throw error;
    }
  }

  async #selections(target: HeatTarget, shown: NonNullable<HeatTarget['selections']>): Promise<Reading | undefined> {
    if (!this.#targets.isCurrent(target)) return undefined;
    return this.#readFor(target, { shown, seen: shown[0]?.start ?? 0 });
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
    if (this.#services.host.state.kind !== 'ready') return;
    for (const target of this.#interrupted) if (this.#targets.isCurrent(target)) target.requestReading();
    this.#interrupted.clear();
  }
}

/** Tokens to read before what is seen, by the setting. */
const wantedBefore = (): number => settings.contextBefore() ?? Number.POSITIVE_INFINITY;
