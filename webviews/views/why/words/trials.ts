import type { Subject, SymbolSpan } from '../../../../src/shared/inspector-api';
import { StoppableWork } from '../../../kit/stoppable-work';
import type { Run } from '../../../kit/subject-tokens';
import type { ViewStore } from '../../../store/view-store';
import { scaleEnd } from './change-scale';
import { occlude, type Question } from './occlusion';
import { type Level, partsIn, partsOf, type TextPart } from './parts';
import { keyOf, nextParts, progressOf, type Refinement } from './refinement';

/** Tokens that are run again for all parts that are tried together, those after each: results come in time. */
const BATCH_TOKENS = 1024;
const MOST_PARTS = 64;

export interface TrialOptions {
  subject: Subject;
  question: Question;
  level: Level;
  symbols: readonly SymbolSpan[];
  /** What can be taken away: all that stands before the answer. */
  within: Run;
  /** How much a token may do, as far as that is known before. */
  priorOf(token: number): number;
}

/** What becomes of an answer as parts of its text are taken away, coarse ones first; a person may have any taken apart. */
export class Trials implements Refinement {
  readonly options: TrialOptions;
  readonly tops: readonly TextPart[];
  /** By the key of a part, in nats: what the answer's log-probability is without it, less what it is. */
  readonly changes = new Map<string, number>();
  /** Log-probability of the answer with all of the text, in nats; undefined until the first parts are tried. */
  base: number | undefined;
  readonly opened = new Set<string>();
  isWhole = false;
  readonly #store: ViewStore;
  readonly #changed: () => void;
  readonly #insides = new Map<TextPart, readonly TextPart[]>();
  readonly #work: StoppableWork;
  #batch: { task: number; parts: number } | undefined;

  /** @param changed is called whenever more is known */
  constructor(store: ViewStore, options: TrialOptions, changed: () => void) {
    this.#store = store;
    this.options = options;
    this.#changed = changed;
    this.#work = new StoppableWork(changed);
    this.tops = partsOf(options.level, options.subject, options.within, options.symbols);
  }

  readonly partsIn = (part: TextPart): readonly TextPart[] => {
    const known = this.#insides.get(part) ?? partsIn(part, this.options.subject);
    this.#insides.set(part, known);
    return known;
  };

  readonly changeOf = (part: TextPart): number | undefined => this.changes.get(keyOf(part));

  readonly prior = ({ from, to }: TextPart): number => {
    let sum = 0;
    for (let token = from; token < to; token++) sum += this.options.priorOf(token);
    return sum;
  };

  get isRunning(): boolean {
    return this.#work.isRunning;
  }

  get failure(): string {
    return this.#work.failure;
  }

  /** In parts; the engine tells how much of a batch is done. */
  get progress(): { done: number; total: number } {
    const { done, total } = progressOf(this);
    const batch = this.#batch;
    const begun = batch && this.#store.progressOf(batch.task);
    return { done: done + (batch && begun ? (batch.parts * begun.done) / begun.total : 0), total };
  }

  /** Whether nothing that is wanted is missing. */
  get isDone(): boolean {
    return nextParts(this, 1).length === 0;
  }

  /** The part of the first level that does most: of lines, one in which the answer does not stand, where there is one. */
  get strongest(): { part: TextPart; change: number; isBesideOwn: boolean } | undefined {
    const tried = byStrength(
      this.tops.filter((part) => this.changes.has(keyOf(part))),
      this,
    );
    const others = tried.filter(({ level, to }) => level !== 'line' || to < this.options.within.to);
    const part = others[0] ?? tried[0];
    return part && { part, change: this.changeOf(part) ?? 0, isBesideOwn: part !== tried[0] };
  }

  /** Whether all parts of the first level are tried. */
  get hasVerdict(): boolean {
    return this.tops.length > 0 && this.tops.every((part) => this.changes.has(keyOf(part)));
  }

  /** Where the scale of what is known ends, in nats. */
  get end(): number {
    return scaleEnd(this.changes.values());
  }

  /** Of each token what the finest part with it does; undefined where no part with it is tried. */
  get changesByToken(): (number | undefined)[] {
    const changes = new Array<number | undefined>(this.options.subject.read?.ids.length ?? 0).fill(undefined);
    for (let level = this.tops; level.length > 0; level = level.flatMap((part) => this.partsIn(part)))
      for (const part of level) {
        const change = this.changeOf(part);
        if (change !== undefined) changes.fill(change, part.from, part.to);
      }
    return changes;
  }

  /** All that is tried, from coarse to fine. */
  get tried(): { part: TextPart; change: number }[] {
    const tried = new Map<string, { part: TextPart; change: number }>();
    for (let level = this.tops; level.length > 0; level = level.flatMap((part) => this.partsIn(part)))
      for (const part of level) {
        const change = this.changeOf(part);
        if (change !== undefined && !tried.has(keyOf(part))) tried.set(keyOf(part), { part, change });
      }
    return [...tried.values()];
  }

  /** Opens a part, which has it taken apart, or closes it. */
  toggle(part: TextPart): void {
    const key = keyOf(part);
    if (!this.opened.delete(key)) this.opened.add(key);
    this.#changed();
    void this.run();
  }

  /** Has everything taken apart, down to tokens. */
  tryAll(): void {
    this.isWhole = true;
    void this.run();
  }

  /** Goes on until all that is wanted is known, or it is stopped. */
  run(): Promise<void> {
    return this.#work.run(async (signal) => {
      for (let parts = this.#nextBatch(); parts.length > 0; parts = this.#nextBatch()) await this.#try(parts, signal);
    });
  }

  stop(): void {
    this.#work.stop();
  }

  /** At least one part, where any is wanted. */
  #nextBatch(): TextPart[] {
    const end = this.options.question.answer.to;
    let tokens = 0;
    return nextParts(this, MOST_PARTS).filter(({ from }, i) => {
      tokens += end - from;
      return i === 0 || tokens <= BATCH_TOKENS;
    });
  }

  async #try(parts: readonly TextPart[], signal: AbortSignal): Promise<void> {
    const began = (task: number) => {
      this.#batch = { task, parts: parts.length };
    };
    const { changes, base } = await occlude(this.#store, this.options.question, parts, { signal, began });
    signal.throwIfAborted();
    this.#batch = undefined;
    this.base = base;
    for (const [i, part] of parts.entries()) this.changes.set(keyOf(part), changes[i] ?? Number.NaN);
    this.#changed();
  }
}

function byStrength(parts: readonly TextPart[], { changeOf }: Refinement): TextPart[] {
  const size = (part: TextPart) => Math.abs(changeOf(part) ?? 0);
  return parts.toSorted((one, other) => size(other) - size(one));
}
