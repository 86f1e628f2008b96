import { type Asked, askedAt, openingPlace } from '../../../src/display/asked-place';
import type { WhyRequest } from '../../../src/shared/inspector-api';
import type { ViewStore } from '../../store/view-store';

/** What somebody chose at a place of a text; at another place nothing is chosen yet. */
interface Chosen {
  trace: number;
  position: number;
  token?: number;
  against?: number;
}

/** Which token the view explains: the one selected, what comes after the end, or one to begin with. */
export class Asking {
  #chosen: Chosen | undefined;
  /** The reading of the text whose end is asked about. */
  #ended: number | undefined;
  /** What a command has asked for, which is taken once. */
  #taken: WhyRequest | undefined;

  /** Undefined while the model has not answered, and where nothing predicts the place. */
  of(store: ViewStore): Asked | undefined {
    const { subject, predictions } = store;
    this.#take(store);
    const position = this.place(store);
    if (!subject?.read || !predictions || position === undefined || position === 0) return undefined;
    const { trace, ids } = subject.read;
    const isOfPlace = this.#chosen?.trace === trace && this.#chosen.position === position;
    return askedAt(predictions, ids, position, isOfPlace ? this.#chosen : {});
  }

  #take({ subject, state }: ViewStore): void {
    const { why } = state.viewRequest;
    if (!why || why === this.#taken || !subject?.read) return;
    this.#taken = why;
    this.#chosen = { trace: subject.read.trace, ...why };
    if (why.position === subject.read.ids.length) this.#ended = subject.read.trace;
  }

  /** A position of the text, or its length for what comes after it. */
  place(store: ViewStore): number | undefined {
    const { subject, predictions, state } = store;
    if (state.selected.token !== undefined) return state.selected.token;
    if (!subject?.read || !predictions) return undefined;
    return this.#ended === subject.read.trace ? subject.read.ids.length : openingPlace(subject, predictions.logprob);
  }

  /** Whether nobody has chosen the place. */
  isOpening({ state, subject }: ViewStore): boolean {
    return state.selected.token === undefined && this.#ended !== subject?.read?.trace;
  }

  /** Asks about what comes after the text. */
  askEnd(store: ViewStore): void {
    this.#ended = store.subject?.read?.trace;
    store.select({ token: undefined });
  }

  choose(store: ViewStore, { position, token, against }: Asked, chosen: Partial<Asked>): void {
    this.#chosen = { trace: store.subject?.read?.trace ?? 0, position, token, against, ...chosen };
  }
}
