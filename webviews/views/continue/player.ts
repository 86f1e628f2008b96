import type { TraceTokens } from '../../../src/shared/inspector-api';
import type { ViewStore } from '../../store/view-store';
import { type Branch, grow, newRoot, pathTo } from './branches';
import { samplingOf } from './controls';
import { type Draw, drawAt, type Place, readPlace } from './place';
import { loadTree, saveTree } from './tree-storage';

/** Between two tokens of a play, so that each can be seen. */
const PAUSE_MS = 250;

interface Reading {
  end: Branch;
  task: number;
}

/** Continues a text token by token, by itself or by hand, along branches that stay. */
export class Player {
  root = newRoot();
  /** What the six steps show; undefined until the model has read the text. */
  place: Place | undefined;
  /** What the model reads now: the next place, if nothing goes wrong. */
  reading: Reading | undefined;
  error: string | undefined;
  /** Another for every change of anything here. */
  revision = 0;
  /** Tokens still to be drawn: all while it plays. */
  #wanted = 0;
  #failed: Branch | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Another once something else is asked for: what was being drawn until then is not added any more. */
  #turn = 0;
  #text: TraceTokens | undefined;
  #drawn: { key: string; place: Place; draw: Draw } | undefined;
  readonly #store: ViewStore;
  readonly #changed: () => void;

  constructor(store: ViewStore, changed: () => void) {
    this.#store = store;
    this.#changed = () => {
      this.revision++;
      changed();
    };
  }

  /** Where the text ends, or will once it is read. */
  get end(): Branch {
    return this.reading?.end ?? this.place?.end ?? this.root;
  }

  get isPlaying(): boolean {
    return this.#wanted === Number.POSITIVE_INFINITY;
  }

  /** Begins anew with a text; undefined while there is none. */
  open(text: TraceTokens | undefined): void {
    this.cancel();
    this.#text = text;
    this.root = newRoot();
    this.place = undefined;
    this.error = undefined;
    if (text && text.ids.length > 0) void this.#begin(text);
  }

  /** Where the text was left, if it had been continued; else at its end. */
  async #begin(text: TraceTokens): Promise<void> {
    // What fails here fails because the engine died: the reading that follows tells of it.
    const tree = await loadTree(this.#store).catch(() => undefined);
    if (this.#text !== text) return;
    if (tree) this.root = tree.root;
    await this.goTo(tree?.end ?? this.root);
  }

  /** What sampling makes of the place as the controls stand. */
  get draw(): Draw | undefined {
    const { place } = this;
    if (!place) return undefined;
    const sampling = samplingOf(this.#store.viewState);
    const key = JSON.stringify(sampling);
    if (this.#drawn?.place !== place || this.#drawn.key !== key) {
      this.#drawn = { key, place, draw: drawAt(place, sampling) };
    }
    return this.#drawn.draw;
  }

  /** The controls have been moved: the place stays, what is drawn there does not. */
  resample(): void {
    this.#changed();
  }

  /** Why nothing more is drawn here. */
  get stop(): 'ended' | 'full' | undefined {
    const { place } = this;
    if (!place) return undefined;
    if (place.ids.length >= (this.#store.state.model?.contextLength ?? Number.POSITIVE_INFINITY)) return 'full';
    return place.end.ends ? 'ended' : undefined;
  }

  play(): void {
    this.#wanted = Number.POSITIVE_INFINITY;
    this.#goOn();
  }

  pause(): void {
    this.#wanted = 0;
    this.#drawNoMore();
    this.#changed();
  }

  step(): void {
    this.#wanted = 1;
    this.#goOn();
  }

  /** Back to the text alone. What was written stays as a branch, and is not shown as what comes next. */
  restart(): void {
    this.pause();
    this.root.latest = undefined;
    void this.goTo(this.root);
  }

  /** Reads again what could not be read. */
  retry(): void {
    void this.goTo(this.#failed ?? this.end);
  }

  /** Takes a token by hand. */
  async take(id: number): Promise<void> {
    this.pause();
    await this.#take(id, undefined);
  }

  /** Ends what goes on; what is shown stays. */
  cancel(): void {
    if (this.reading) void this.#store.host.cancel({ task: this.reading.task });
    this.reading = undefined;
    this.pause();
  }

  /** Shows what comes after a branch. */
  async goTo(end: Branch): Promise<void> {
    this.#drawNoMore();
    if (this.reading) void this.#store.host.cancel({ task: this.reading.task });
    const text = this.#text;
    if (!text) return;
    const reading: Reading = { end, task: this.#store.newTask() };
    this.reading = reading;
    this.error = undefined;
    this.#changed();
    try {
      const place = await readPlace(this.#store, text, end, reading.task);
      if (this.reading !== reading) return;
      this.place = place;
      this.reading = undefined;
      for (const branch of pathTo(end)) if (branch.parent) branch.parent.latest = branch;
      saveTree(this.#store, this.root, end);
      this.#changed();
      this.#goOn();
    } catch (error) {
      if (this.reading !== reading) return;
      this.reading = undefined;
      this.#failed = end;
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#wanted = 0;
    this.error = error instanceof Error ? error.message : String(error);
    this.#changed();
  }

  #drawNoMore(): void {
    clearTimeout(this.#timer);
    this.#turn++;
  }

  /** Draws what is wanted, once the model has read what there is. */
  #goOn(): void {
    clearTimeout(this.#timer);
    if (this.stop) this.#wanted = 0;
    this.#changed();
    if (this.#wanted === 0 || this.reading || !this.place) return;
    this.#timer = setTimeout(() => void this.#drawNext(), this.isPlaying ? PAUSE_MS : 0);
  }

  async #drawNext(): Promise<void> {
    const { place, draw } = this;
    if (!place || !draw) return;
    if (!this.isPlaying) this.#wanted = 0;
    const { id, probability } = draw.drawn;
    await this.#take(id, probability);
  }

  /** @param drawnWith its probability among those that sampling left; undefined where it is taken by hand */
  async #take(id: number, drawnWith: number | undefined): Promise<void> {
    const { place } = this;
    if (!place || this.stop === 'full') return;
    const { logprobs, order, end } = place;
    const turn = this.#turn;
    try {
      const [description] = await this.#store.lenses.describe({ ids: [id] });
      if (!description || turn !== this.#turn) return;
      const taken = { id, logprob: logprobs[id] ?? Number.NaN, rank: order.indexOf(id), drawnWith };
      await this.goTo(grow(end, taken, description));
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }
}
