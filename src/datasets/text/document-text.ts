import type { Span } from '../../shared/filters-api';
import { codePoints, unitsOf } from './characters';
import { linesOf } from './lines';
import type { Places } from './places';
import type { Ranges } from './ranges';
import { Words } from './words';

/**
 * A document as filters read it: its words and lines are found once, when the first asks for them. A filter may have taken
 * something away for those after it; `span` says where something stands in the document as it is in the data set.
 */
export class DocumentText {
  readonly #placesOf: (() => Places) | undefined;
  #places: Places | undefined;
  #length: number | undefined;
  #wordCount: number | undefined;
  #units: Uint16Array | undefined;
  #words: Words | undefined;
  #lines: Ranges | undefined;

  /** @param changed of a text that a filter has changed: where it stands in the document, and how many words it has */
  constructor(
    readonly text: string,
    changed?: { places: () => Places; words: number },
  ) {
    this.#placesOf = changed?.places;
    this.#wordCount = changed?.words;
  }

  /** In code points, as Python counts. */
  get length(): number {
    this.#length ??= codePoints(this.text, 0, this.text.length);
    return this.#length;
  }

  /** Code points between two places. */
  points(start: number, end: number): number {
    return this.length === this.text.length ? end - start : codePoints(this.text, start, end);
  }

  get units(): Uint16Array {
    this.#units ??= unitsOf(this.text);
    return this.#units;
  }

  get words(): Words {
    this.#words ??= new Words(this.text, this.units);
    return this.#words;
  }

  get wordCount(): number {
    return this.#wordCount ?? this.words.count;
  }

  get lines(): Ranges {
    this.#lines ??= linesOf(this.units);
    return this.#lines;
  }

  /** Where a part of this text stands in the document as it is in the data set. */
  span(start: number, end: number): Span {
    this.#places ??= this.#placesOf?.();
    return this.#places?.span(start, end) ?? { start, end };
  }
}
