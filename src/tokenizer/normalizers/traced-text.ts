import { sentence, VitrineError } from '../../shared/errors';

/** A text may become so many times as long, and a short one longer. Unicode's own forms make 18 characters of one at most. */
const MOST_GROWTH = 64;
const SHORT_TEXT = 1024;

/** A part [start, end) of a text, in UTF-16 units, in whose place another text comes. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A step of normalising: what it changes in a text, from left to right. Nothing it does depends on what is outside. */
export type Normalizer = (text: string) => Edit[];

/** A text on its way through normalisers; each of its UTF-16 units knows the range of the first text that it is from. */
export class TracedText {
  private constructor(
    readonly text: string,
    /** Undefined where nothing was changed. */
    readonly starts: Uint32Array | undefined,
    readonly ends: Uint32Array | undefined,
  ) {}

  /** @throws VitrineError `tokenizer.growth` where rules of a file, one after the other, would fill the memory */
  static of(text: string, normalizers: readonly Normalizer[]): TracedText {
    const longest = MOST_GROWTH * Math.max(text.length, SHORT_TEXT);
    return normalizers.reduce(
      (traced, normalizer) => traced.apply(normalizer(traced.text), longest),
      new TracedText(text, undefined, undefined),
    );
  }

  startOf(unit: number): number {
    return this.starts?.[unit] ?? unit;
  }

  endOf(unit: number): number {
    return this.ends?.[unit] ?? unit + 1;
  }

  private apply(edits: readonly Edit[], longest: number): TracedText {
    if (edits.length === 0) return this;
    const length = edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), this.text.length);
    if (length > longest) {
      throw new VitrineError(
        'tokenizer.growth',
        sentence`The vocabulary makes the text more than ${MOST_GROWTH} times as long before it is cut into tokens. Choose another model.`,
      );
    }
    const starts = new Uint32Array(length);
    const ends = new Uint32Array(length);
    const parts: string[] = [];
    let at = 0;
    let to = 0;
    const keep = (end: number) => {
      parts.push(this.text.slice(at, end));
      for (; at < end; at++, to++) {
        starts[to] = this.startOf(at);
        ends[to] = this.endOf(at);
      }
    };
    for (const { start, end, text } of edits) {
      keep(start);
      parts.push(text);
      const from = start < this.text.length ? this.startOf(start) : this.text.length === 0 ? 0 : this.endOf(start - 1);
      const upTo = end > start ? this.endOf(end - 1) : from;
      starts.fill(from, to, to + text.length);
      ends.fill(upTo, to, to + text.length);
      to += text.length;
      at = end;
    }
    keep(this.text.length);
    return new TracedText(parts.join(''), starts, ends);
  }
}

/** The text with the changes made. */
export function normalized(text: string, normalizers: readonly Normalizer[]): string {
  return TracedText.of(text, normalizers).text;
}

/** A normaliser that puts something in the place of single characters; undefined leaves one as it is. */
export function eachCharacter(change: (character: string, point: number) => string | undefined): Normalizer {
  return (text) => {
    const edits: Edit[] = [];
    for (let at = 0; at < text.length; ) {
      const point = text.codePointAt(at) ?? 0;
      const end = at + (point > 0xffff ? 2 : 1);
      const character = text.slice(at, end);
      // Half a character is U+FFFD to the reference.
      const other = change(character, (point & 0xfffff800) === 0xd800 ? 0xfffd : point);
      if (other !== undefined && other !== character) edits.push({ start: at, end, text: other });
      at = end;
    }
    return edits;
  };
}
