import { messageOf } from '../../../src/shared/errors';
import type { ViewStore } from '../../store/view-store';
import { type Branch, grow, newRoot, pathTo, tokenOf } from './branches';
import { samplingOf } from './controls';
import { type Draw, drawAt, type Place, readPlace } from './place';
import { loadTree, saveTree } from './tree-storage';
import { askedModelOf, textKey, type Writer } from './writer';

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
  /** Who goes on with the text. */
  #writer: Writer | undefined;
  /** What the tree belongs to. */
  #key = '';
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

  /** Begins anew with a text as the model in use reads it; undefined while there is none. */
  open(writer: Writer | undefined): void {
    this.cancel();
    this.#writer = writer;
    this.root = newRoot();
    this.place = undefined;
    this.error = undefined;
    if (writer && writer.text.ids.length > 0) void this.#begin(writer);
  }

  /** Where the text was left, if it had been continued; else at its end. */
  async #begin(writer: Writer): Promise<void> {
    const { root } = this;
    this.#key = textKey(writer);
    // What fails here fails because the engine died: the reading that follows tells of it.
    const tree = await loadTree(this.#store, this.#key).catch(() => undefined);
    if (this.root !== root) return;
    if (tree) this.root = tree.root;
    await this.goTo(tree?.end ?? this.root);
  }

  /** Who goes on with the text from now on, where it stands. */
  continueWith(writer: Writer): void {
    if (writer === this.#writer) return;
    this.#writer = writer;
    // Where the text has just been opened, it is about to be read.
    if (!this.place && !this.reading) return;
    this.pause();
    void this.goTo(this.end);
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
    if (isFull(place)) return 'full';
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

  /** Takes a token by hand, of the writer whose place it is, who then goes on. */
  async take(id: number, place = this.place): Promise<void> {
    if (!place) return;
    this.#writer = place.writer;
    this.pause();
    await this.#take(place, id, undefined);
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
    const writer = this.#writer;
    if (!writer) return;
    const reading: Reading = { end, task: this.#store.newTask() };
    this.reading = reading;
    this.error = undefined;
    this.#changed();
    try {
      const place = await readPlace(this.#store, writer, end, reading.task);
      if (this.reading !== reading) return;
      this.place = place;
      this.reading = undefined;
      for (const branch of pathTo(end)) if (branch.parent) branch.parent.latest = branch;
      saveTree(this.#store, this.#key, this.root, end);
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
    this.error = messageOf(error);
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
    await this.#take(place, id, probability);
  }

  /** @param drawnWith its probability among those that sampling left; undefined where it is taken by hand */
  async #take(place: Place, id: number, drawnWith: number | undefined): Promise<void> {
    if (isFull(place)) return;
    const { logprobs, order, end, writer } = place;
    const turn = this.#turn;
    try {
      const [description] = await this.#store.lenses.describe({ ids: [id], ...askedModelOf(writer) });
      if (!description || turn !== this.#turn) return;
      const { name, vocabulary } = writer;
      const taken = { ...tokenOf(id, description), writer: name, vocabulary, drawnWith };
      await this.goTo(grow(end, { ...taken, logprob: logprobs[id] ?? Number.NaN, rank: order.indexOf(id) }));
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }
}

export function isFull({ ids, writer }: Place): boolean {
  return ids.length >= (writer.model?.contextLength ?? Number.POSITIVE_INFINITY);
}
