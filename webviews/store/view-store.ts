import { alternativesKnown, LISTED_ALTERNATIVES } from '../../src/shared/alternatives';
import type { Predictions } from '../../src/shared/engine-api';
import {
  type InspectorEvents,
  type InspectorHost,
  type InspectorStart,
  type InspectorState,
  type Selected,
  type ShownInView,
  type Subject,
  UNREAD,
  type ViewName,
} from '../../src/shared/inspector-api';
import type { TaskProgress } from '../../src/shared/progress';
import { Theme } from '../kit/theme';
import { AnswerCache } from './answer-cache';
import { type RememberedLenses, rememberedLenses } from './remembered-lenses';
import type { ViewState } from './view-state';

/** Memory of answers that are kept: some dozen pictures of attention in a long text. */
const ANSWER_BYTES = 96e6;

const NOTHING: InspectorState = {
  subject: undefined,
  model: undefined,
  reading: { kind: 'empty' },
  isPinned: false,
  selected: { token: undefined, layer: undefined, head: undefined },
  view: 'tokens',
  masksSink: true,
  hues: {},
  isUnresponsive: false,
  ablated: [],
  steering: undefined,
  comparison: undefined,
  viewRequest: {},
};

/** What all views share: what the host knows, what is selected and pointed at, and what has been computed of the text. */
export class ViewStore {
  readonly host: InspectorHost;
  /** What the host has answered, so that the same question is asked once. */
  readonly answers: AnswerCache;
  readonly lenses: RememberedLenses;
  /** Views' own choices, which outlive a hidden or reloaded panel. */
  readonly viewState: ViewState;
  readonly theme = new Theme();
  state = NOTHING;
  isLive = true;
  language = 'en';
  /** The token under the pointer. */
  hovered: number | undefined;
  /** Of the text, with its best alternatives a position; undefined until the engine has answered. */
  predictions: Predictions | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #progress = new Map<number, TaskProgress>();
  #lastTask = 0;
  /** What was told last of the view that is shown. */
  #shown = '';

  /** @param connect makes the host, given what it may call */
  constructor(connect: (events: InspectorEvents) => InspectorHost, viewState: ViewState) {
    this.viewState = viewState;
    this.host = connect({
      changed: (state) => this.#change(state),
      progress: ({ task, done, total }) => {
        this.#progress.set(task, { done, total });
        this.#tell();
      },
    });
    this.answers = new AnswerCache(ANSWER_BYTES, {
      newTask: () => this.newTask(),
      cancel: (task) => void this.host.cancel({ task }),
    });
    this.lenses = rememberedLenses(this.host, this.answers);
    this.theme.subscribe(() => this.#tell());
  }

  async start(): Promise<InspectorStart> {
    const start = await this.host.start();
    this.isLive = start.isLive;
    this.language = start.language;
    this.#change(start.state);
    return start;
  }

  /** Calls a listener whenever anything here changes. @returns what ends that */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get subject(): Subject | undefined {
    return this.state.subject;
  }

  /** The token that views show: the one under the pointer, or else the one selected. */
  get token(): number | undefined {
    return this.hovered ?? this.state.selected.token;
  }

  /** Selects; the same token again lets go of it. */
  selectToken(token: number | undefined): void {
    this.select({ token: token === this.state.selected.token ? undefined : token });
  }

  /** The token with the character at an offset of the text. */
  tokenAt(offset: number): number | undefined {
    const ends = this.subject?.read?.ends ?? new Uint32Array();
    const token = ends.findIndex((end) => end > offset);
    return token < 0 ? undefined : token;
  }

  select(selected: Partial<Selected>): void {
    this.state = { ...this.state, selected: { ...this.state.selected, ...selected } };
    this.#tell();
    void this.host.select(selected);
  }

  /** @param pointed none is null in an event, whose detail is never undefined */
  hover(pointed: number | null | undefined): void {
    const token = pointed ?? undefined;
    if (token === this.hovered) return;
    this.hovered = token;
    this.#tell();
    void this.host.preview(token);
  }

  show(view: ViewName): void {
    this.state = { ...this.state, view };
    this.#tell();
    void this.host.show(view);
  }

  /** Tells the host what the view shows by its own choice, where that is something else than before. */
  tellShown(shown: ShownInView): void {
    const { view } = this.state;
    const told = JSON.stringify([view, shown]);
    if (told === this.#shown) return;
    this.#shown = told;
    void this.host.setShown(shown);
  }

  setPinned(isPinned: boolean): void {
    this.state = { ...this.state, isPinned };
    this.#tell();
    void this.host.setPinned(isPinned);
  }

  setMasksSink(masksSink: boolean): void {
    this.state = { ...this.state, masksSink };
    this.#tell();
    void this.host.setMasksSink(masksSink);
  }

  /** A number for long work, under which `progressOf` tells how far it is. @param signal cancels the work */
  newTask(signal?: AbortSignal): number {
    const task = ++this.#lastTask;
    signal?.addEventListener('abort', () => void this.host.cancel({ task }));
    return task;
  }

  progressOf(task: number): TaskProgress | undefined {
    return this.#progress.get(task);
  }

  #change(changed: Partial<InspectorState>): void {
    const { subject: before, model, comparison } = this.state;
    this.state = { ...this.state, ...changed };
    const now = this.state.subject;
    if (changed.hues) this.theme.useHues(changed.hues);
    if (this.state.model?.sha256 !== model?.sha256) this.answers.clear();
    if (this.state.comparison?.revision !== comparison?.revision) this.answers.forgetCompared();
    const [trace, revision] = [now?.read?.trace, now?.revision];
    if (trace !== before?.read?.trace || revision !== before?.revision) {
      // The same trace under another revision is the same text. What is not read yet has one number in every text.
      if (trace !== before?.read?.trace || trace === UNREAD) this.answers.forgetTraces();
      this.#subjectChanged();
    }
    this.#tell();
  }

  #subjectChanged(): void {
    this.predictions = undefined;
    this.hovered = undefined;
    void this.#predict();
  }

  /** Has as many alternatives named as are listed, where that costs the model another reading of the text. */
  nameMore(): Promise<void> {
    return this.#readPredictions(LISTED_ALTERNATIVES);
  }

  /** What fails here fails because the engine died or the trace is gone: the host tells that by itself. */
  async #predict(): Promise<void> {
    const { model } = this.state;
    if (model?.capabilities.hasLogprobs === false) return;
    await this.#readPredictions(alternativesKnown(model)).catch(() => {});
  }

  async #readPredictions(topK: number): Promise<void> {
    const read = this.state.subject?.read;
    // What is in front where the model has not read the text needs no predictions, and is not to start it.
    if (!read || read.ids.length === 0 || read.trace === UNREAD) return;
    const predictions = await this.lenses.predictions({ trace: read.trace, from: 0, to: read.ids.length, topK });
    if (this.state.subject?.read?.trace !== read.trace) return;
    this.predictions = predictions;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
