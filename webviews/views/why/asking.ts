import { type Asked, askedAt, openingPlace } from '../../../src/display/asked-place';
import type { WhyRequest } from '../../../src/shared/inspector-api';
import type { ViewStore } from '../../store/view-store';

/** What is asked about a text that a model has read, with whichever heads. */
interface Question extends Asked {
  model: string | undefined;
  text: string;
}

/**
 * Which token the view explains: the one selected, what comes after the end, or one to begin with. A question stays what
 * it is while heads are switched off and on: what the answer was is held against what it is now.
 */
export class Asking {
  #question: Question | undefined;
  /** The text whose end is asked about. */
  #ended: string | undefined;
  /** What a command has asked for, which is taken once. */
  #taken: WhyRequest | undefined;

  /** Undefined while the model has not answered, and where nothing predicts the place. */
  of(store: ViewStore): Asked | undefined {
    const { subject, predictions, state } = store;
    this.#take(store);
    const position = this.place(store);
    if (!subject?.read || !predictions || position === undefined) return undefined;
    const place = { model: state.model?.sha256, text: subject.text, position };
    if (!this.#isOf(place)) {
      const asked = askedAt(predictions, subject.read.ids, position);
      this.#question = asked && { ...place, ...asked };
    }
    const { token, against } = this.#question ?? {};
    return token === undefined || against === undefined ? undefined : { position, token, against };
  }

  #take({ subject, state, predictions }: ViewStore): void {
    const { why } = state.viewRequest;
    if (!why || why === this.#taken || !subject?.read || !predictions) return;
    this.#taken = why;
    const asked = askedAt(predictions, subject.read.ids, why.position, why);
    this.#question = asked && { model: state.model?.sha256, text: subject.text, ...asked };
    if (why.position === subject.read.ids.length) this.#ended = subject.text;
  }

  /** A position of the text, or its length for what comes after it. */
  place(store: ViewStore): number | undefined {
    const { subject, predictions, state } = store;
    // Nothing predicts the first token: the question stays what it was.
    if (state.selected.token) return state.selected.token;
    if (!subject?.read || !predictions) return undefined;
    if (this.#ended === subject.text) return subject.read.ids.length;
    // Without some heads another token might surprise most.
    const isKept = state.ablated.length > 0 || state.selected.token === 0;
    const isKnown = this.#question?.text === subject.text && isKept;
    return isKnown ? this.#question?.position : openingPlace(subject, predictions.logprob);
  }

  /** Whether nobody has chosen the place. */
  isOpening({ state, subject }: ViewStore): boolean {
    return !state.selected.token && this.#ended !== subject?.text;
  }

  /** Asks about what comes after the text. */
  askEnd(store: ViewStore): void {
    this.#ended = store.subject?.text;
    store.select({ token: undefined });
  }

  /** Another token, or another that it is held against, at the same place. */
  choose({ predictions, subject }: ViewStore, chosen: Partial<Pick<Asked, 'token' | 'against'>>): void {
    const question = this.#question;
    if (!question || !predictions || !subject?.read) return;
    const { position, token, against } = question;
    // Who chooses the other one of both turns the question round.
    const isSwap = chosen.against === token || chosen.token === against;
    const wanted = isSwap ? { token: against, against: token } : { token, against, ...chosen };
    const asked = askedAt(predictions, subject.read.ids, position, wanted);
    if (asked) this.#question = { ...question, ...asked };
  }

  #isOf({ model, text, position }: Pick<Question, 'model' | 'text' | 'position'>): boolean {
    const question = this.#question;
    return question?.model === model && question?.text === text && question.position === position;
  }
}
