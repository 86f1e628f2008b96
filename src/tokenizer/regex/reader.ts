import { type Sentence, sentence, VitrineError } from '../../shared/errors';

/** A regex as an error names it: a long one is cut. */
export function cutOff(pattern: string): string {
  return pattern.length > 200 ? `${pattern.slice(0, 200)}…` : pattern;
}

/** Goes through the characters of a regex. */
export class PatternReader {
  private at = 0;
  private readonly characters: readonly string[];

  constructor(readonly pattern: string) {
    this.characters = Array.from(pattern);
  }

  get done(): boolean {
    return this.at === this.characters.length;
  }

  peek(ahead = 0): string {
    return this.characters[this.at + ahead] ?? '';
  }

  /** Takes the next character. */
  next(): string {
    if (this.done) throw this.error(sentence`ends in the middle`);
    return this.characters[this.at++] ?? '';
  }

  /** Takes a text if it comes next. */
  take(text: string): boolean {
    const characters = Array.from(text);
    if (characters.some((character, i) => this.peek(i) !== character)) return false;
    this.at += characters.length;
    return true;
  }

  /** Takes all up to a character, and that one. */
  takeUpTo(end: string): string {
    let text = '';
    for (let character = this.next(); character !== end; character = this.next()) text += character;
    return text;
  }

  /** Takes the characters that are in a list, `most` at most. */
  takeWhile(list: string, most = Number.POSITIVE_INFINITY): string {
    let text = '';
    while (!this.done && text.length < most && list.includes(this.peek())) text += this.next();
    return text;
  }

  error(problem: Sentence): VitrineError {
    return new VitrineError(
      'tokenizer.regex',
      sentence`The vocabulary splits text by a regex that Vitrine cannot use: ${cutOff(this.pattern)} ${problem}. Choose another model.`,
    );
  }
}
