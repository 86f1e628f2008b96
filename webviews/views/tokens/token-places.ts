import type { ReactiveControllerHost } from 'lit';
import { shownText } from '../../../src/display/shown-text';
import type { ViewStore } from '../../store/view-store';
import { tokenIn, type VocabularyText } from './vocabulary-text';

/** A token as one vocabulary has it. */
export interface TokenPlace {
  read: VocabularyText;
  position: number;
}

/**
 * Which token of which vocabulary is pointed at, and which is chosen. All views share the model's token there; another
 * vocabulary may have several at it, or one for several.
 */
export class TokenPlaces {
  readonly #host: ReactiveControllerHost & { store: ViewStore };
  #pointed: TokenPlace | undefined;
  #chosen: TokenPlace | undefined;

  constructor(host: ReactiveControllerHost & { store: ViewStore }) {
    this.#host = host;
  }

  point(place: TokenPlace | undefined): void {
    this.#pointed = place;
    this.#host.requestUpdate();
    this.#host.store.hover(place && this.#modelTokenAt(place));
  }

  /** The same again lets go of it. */
  choose(place: TokenPlace): void {
    const isChosen = this.chosenIn(place.read) === place.position;
    this.#chosen = isChosen ? undefined : place;
    this.#host.requestUpdate();
    this.#host.store.select({ token: isChosen ? undefined : this.#modelTokenAt(place) });
  }

  /** The position in a vocabulary at what is chosen. */
  chosenIn(read: VocabularyText): number | undefined {
    return this.#positionIn(read, this.#chosen, this.#host.store.state.selected.token);
  }

  pointedIn(read: VocabularyText): number | undefined {
    return this.#positionIn(read, this.#pointed, this.#host.store.hovered);
  }

  /** Of what is pointed at, or else chosen: the token of the column where that was done, or else the model's. */
  shown(texts: readonly VocabularyText[]): TokenPlace | undefined {
    const { token, hovered } = this.#host.store;
    const place = hovered === undefined ? this.#chosen : this.#pointed;
    if (place && texts.includes(place.read) && this.#modelTokenAt(place) === token) return place;
    const [own] = texts;
    const position = own && this.#positionIn(own, undefined, token);
    return position === undefined ? undefined : { read: own as VocabularyText, position };
  }

  /** A token of the model that begins there or has a part in it. */
  #modelTokenAt({ read, position }: TokenPlace): number | undefined {
    const { store } = this.#host;
    return store.tokenAt((read.starts[position] ?? 0) + shownText(store.subject).start);
  }

  /** At a token of the model: the one that was pointed at or chosen there, or else the first. */
  #positionIn(read: VocabularyText, place: TokenPlace | undefined, token: number | undefined): number | undefined {
    if (token === undefined) return undefined;
    if (place?.read === read && this.#modelTokenAt(place) === token) return place.position;
    const { subject } = this.#host.store;
    const { start } = shownText(subject);
    return tokenIn(read, (subject?.read?.starts[token] ?? -1) - start, (subject?.read?.ends[token] ?? -1) - start);
  }
}
