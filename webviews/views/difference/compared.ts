import { hasDivergence, hasGuesses, isFlipAt, klAt, logRatioAt } from '../../../src/comparison/differences-at';
import { visibleText } from '../../../src/display/glyphs';
import type { ComparedText } from '../../../src/shared/difference-api';
import type { Subject } from '../../../src/shared/inspector-api';
import type { ChatToken } from '../../kit/chat-tokens';
import { type Run, subjectTokens } from '../../kit/subject-tokens';

/** A text as two models read it, by the positions of its tokens in the model in use. */
export class Compared {
  readonly text: ComparedText;
  readonly subject: Subject;
  /** Pairs, or where there are none spans, that are shown, in order. */
  readonly shown: readonly number[];
  readonly #at: Int32Array;

  constructor(text: ComparedText, subject: Subject) {
    this.text = text;
    this.subject = subject;
    this.#at = new Int32Array(subject.read?.ids.length ?? 0).fill(-1);
    if (text.sameVocabulary) this.#placePairs();
    else this.#placeSpans(subject);
    const tokens = subjectTokens(subject);
    this.shown = [...new Set(this.#at.filter((index, position) => index >= 0 && tokens[position]?.isShown))];
  }

  /** The pair, or the span, that a token of the text belongs to; undefined where one of the models predicts none. */
  indexOf(position: number | undefined): number | undefined {
    const index = position === undefined ? -1 : (this.#at[position] ?? -1);
    return index < 0 ? undefined : index;
  }

  /** Where a pair, or the first token of a span, stands. */
  positionOf(index: number): number {
    return this.text.sameVocabulary ? (this.text.tokens.positionsA[index] ?? 0) : this.#at.indexOf(index);
  }

  /** What a pair, or the first token of a span, is in a chat. */
  chatOf(index: number): ChatToken | undefined {
    return subjectTokens(this.subject)[this.positionOf(index)]?.chat;
  }

  /** With glyphs for what is invisible. */
  labelOf(index: number): string {
    const { text, sameVocabulary, spans } = this.text;
    if (sameVocabulary) return subjectTokens(this.subject)[this.positionOf(index)]?.label ?? '';
    return visibleText(text.slice(spans[index]?.start, spans[index]?.end));
  }

  /** ln(p_B / p_A), in nats: of the token, or of all tokens of the span. */
  logRatio(index: number): number {
    return logRatioAt(this.text, index);
  }

  /** Whether it is known how far the distributions are apart. */
  get hasDivergence(): boolean {
    return hasDivergence(this.text);
  }

  /** Whether it is known what both would have said in the place of each token. */
  get hasGuesses(): boolean {
    return hasGuesses(this.text);
  }

  /** KL(A ‖ B), in nats; NaN where that is not known. */
  kl(index: number): number {
    return klAt(this.text, index);
  }

  /** Whether the first guess of B is another than that of A. */
  isFlip(index: number): boolean {
    return isFlipAt(this.text, index);
  }

  /** Those of a run of positions. */
  indicesIn({ from, to }: Run): number[] {
    return [...new Set(this.#at.subarray(from, to).filter((index) => index >= 0))];
  }

  /** How far the models are apart in nats: their distributions, or where that is not known what they make of what stands there. */
  distance(index: number): number {
    return this.hasDivergence ? this.kl(index) : Math.abs(this.logRatio(index));
  }

  /** Where the models differ most, which is where the view opens. */
  get opening(): number | undefined {
    const most = this.shown.reduce<number | undefined>(
      (best, index) => (best === undefined || this.distance(index) > this.distance(best) ? index : best),
      undefined,
    );
    return most === undefined ? undefined : this.positionOf(most);
  }

  #placePairs(): void {
    for (const [pair, position] of this.text.tokens.positionsA.entries()) this.#at[position] = pair;
  }

  #placeSpans({ read }: Subject): void {
    let position = 0;
    for (const [index, { start, end }] of this.text.spans.entries()) {
      while ((read?.starts[position] ?? Number.POSITIVE_INFINITY) < start) position++;
      while ((read?.ends[position] ?? Number.POSITIVE_INFINITY) <= end) this.#at[position++] = index;
    }
  }
}

/** What the two models are called before a reader. */
export interface SideNames {
  a: string;
  b: string;
}

export const LETTERS: SideNames = { a: 'A', b: 'B' };

/** What some of them come to together. */
export interface DifferenceSums {
  count: number;
  /** Σ ln(p_B / p_A), in nats. */
  logRatio: number;
  /** NaN where KL is not known. */
  meanKl: number;
  flips: number;
}

export function sumsOf(compared: Compared, indices: readonly number[]): DifferenceSums {
  const sum = (of: (index: number) => number) => indices.reduce((total, index) => total + of(index), 0);
  return {
    count: indices.length,
    logRatio: sum((index) => compared.logRatio(index)),
    meanKl: sum((index) => compared.kl(index)) / indices.length,
    flips: sum((index) => Number(compared.isFlip(index))),
  };
}
