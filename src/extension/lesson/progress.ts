import * as v from 'valibot';
import type { Memento } from 'vscode';

const KEY = 'vitrine.lesson';

const savedProgress = v.object({ step: v.string(), done: v.array(v.string()), answered: v.array(v.string()) });

/** What a person has done of the lesson, kept for all windows. Steps go by their ids. */
export class LessonProgress {
  readonly #memento: Memento;
  #step: string;
  readonly #done: Set<string>;
  readonly #answered: Set<string>;

  constructor(memento: Memento) {
    this.#memento = memento;
    const { success, output } = v.safeParse(savedProgress, memento.get(KEY));
    this.#step = success ? output.step : '';
    this.#done = new Set(success ? output.done : []);
    this.#answered = new Set(success ? output.answered : []);
  }

  /** The step that was shown last; empty at first. */
  get step(): string {
    return this.#step;
  }

  isDone(step: string): boolean {
    return this.#done.has(step);
  }

  isAnswered(step: string): boolean {
    return this.#answered.has(step);
  }

  show(step: string): void {
    this.#step = step;
    this.#save();
  }

  taskDone(step: string): void {
    this.#done.add(step);
    this.#save();
  }

  answered(step: string): void {
    this.#answered.add(step);
    this.#save();
  }

  forget(): void {
    this.#step = '';
    this.#done.clear();
    this.#answered.clear();
    this.#save();
  }

  #save(): void {
    const saved = { step: this.#step, done: [...this.#done], answered: [...this.#answered] };
    void this.#memento.update(KEY, saved satisfies v.InferOutput<typeof savedProgress>);
  }
}
