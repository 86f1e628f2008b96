import type { ReactiveController } from 'lit';
import type { Asked } from '../../../../src/display/asked-place';
import { messageOf } from '../../../../src/shared/errors';
import type { TaskProgress } from '../../../../src/shared/progress';
import { interventionsOf } from '../../../../src/shared/steering';
import type { Part } from '../../../../src/shared/why-api';
import type { StoreElement } from '../../../store/store-element';
import { type By, type Effect, measure } from './measured';
import { keyOf } from './part';

/** What shall stand in place of a part; of another run the tokens. */
export type Replacement = Exclude<By, { kind: 'resample' }> | { kind: 'resample'; ids: number[] };

/** Parts that are switched off, each by itself, and what really happened then. */
export class Measuring implements ReactiveController {
  /** By the keys of parts. */
  readonly off = new Map<string, Part>();
  effects: ReadonlyMap<string, Effect> = new Map();
  failure: string | undefined;
  #by: Replacement = { kind: 'gain', value: 0 };
  readonly #view: StoreElement;
  readonly #question: () => Asked & { trace: number };
  #running: AbortController | undefined;
  #task = -1;
  #wanted = 0;

  constructor(view: StoreElement, question: () => Asked & { trace: number }) {
    this.#view = view;
    this.#question = question;
    view.addController(this);
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }

  get by(): Replacement {
    return this.#by;
  }

  /** What is off is measured anew. */
  set by(by: Replacement) {
    this.#by = by;
    this.effects = new Map();
    void this.#measure([...this.off.values()]);
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Parts that are measured of all that are wanted; the engine's part of a batch counts as so many of them. */
  get progress(): TaskProgress {
    const known = [...this.off.keys()].filter((key) => this.effects.has(key)).length;
    const { done, total } = this.#view.store.progressOf(this.#task) ?? { done: 0, total: 1 };
    const missing = this.off.size - known;
    return { done: this.#wanted - missing + Math.floor((missing * done) / total), total: this.#wanted };
  }

  /** Another question: nothing of this holds for it. */
  reset(): void {
    this.cancel();
    this.off.clear();
    this.effects = new Map();
    this.failure = undefined;
  }

  toggle(part: Part): void {
    const key = keyOf(part);
    if (this.off.delete(key)) this.#view.requestUpdate();
    else void this.switchOff([part]);
  }

  async switchOff(parts: readonly Part[]): Promise<void> {
    for (const part of parts) this.off.set(keyOf(part), part);
    await this.#measure([...this.off.values()].filter((part) => !this.effects.has(keyOf(part))));
  }

  allOn(): void {
    this.cancel();
    this.off.clear();
    this.#view.requestUpdate();
  }

  /** What is not measured yet is on again. */
  cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
    for (const key of this.off.keys()) if (!this.effects.has(key)) this.off.delete(key);
    this.#view.requestUpdate();
  }

  async #measure(parts: readonly Part[]): Promise<void> {
    this.#running?.abort();
    if (parts.length === 0) return;
    const running = new AbortController();
    const { signal } = running;
    this.#running = running;
    this.#wanted = parts.length;
    this.failure = undefined;
    this.#view.requestUpdate();
    const began = (task: number) => {
      this.#task = task;
    };
    try {
      const by = await this.#resolve(signal);
      for await (const batch of measure(this.#view.store.lenses, this.#question(), parts, by, { signal, began })) {
        if (this.#running !== running) return;
        this.effects = new Map([...this.effects, ...batch.map(({ part, effect }) => [keyOf(part), effect] as const)]);
        this.#view.requestUpdate();
      }
    } catch (error) {
      if (!signal.aborted) this.failure = messageOf(error);
    }
    if (this.#running === running) this.cancel();
  }

  /** Has the model read the other tokens. */
  async #resolve(signal: AbortSignal): Promise<By> {
    const by = this.#by;
    if (by.kind !== 'resample') return by;
    const { store } = this.#view;
    const interventions = interventionsOf(store.state);
    const { trace } = await store.host.forwardTokens({ task: store.newTask(signal), ids: by.ids, ...interventions });
    return { kind: 'resample', trace };
  }
}
