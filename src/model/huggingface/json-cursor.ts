import { type Sentence, sentence } from '../../shared/errors';

/** Codes of the characters that may stand between signs. */
const SPACES: readonly number[] = [0x20, 0x0a, 0x0d, 0x09];
/** Without a control character or an escape: nearly every text of a model's files. */
const PLAIN_TEXT = /"[ !#-[\]-\uffff]*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/** Reads a JSON text (RFC 8259) sign by sign; what is no JSON becomes the error of `refuse`. */
export class JsonCursor {
  #at = 0;

  constructor(
    readonly text: string,
    readonly refuse: (reason: Sentence) => Error,
  ) {}

  /** Steps over a sign, if it is the next. */
  take(sign: string): boolean {
    this.#skipSpaces();
    if (this.text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw this.#unexpected();
  }

  end(): void {
    this.#skipSpaces();
    if (this.#at < this.text.length) throw this.#unexpected();
  }

  string(): string {
    this.#skipSpaces();
    const plain = this.#match(PLAIN_TEXT);
    return plain === undefined ? this.#escapedText() : plain.slice(1, -1);
  }

  scalar(): string | number | boolean | null {
    this.#skipSpaces();
    if (this.text[this.#at] === '"') return this.string();
    const number = this.#match(NUMBER);
    if (number !== undefined) return Number(number);
    const word = this.#match(WORD);
    if (word === undefined) throw this.#unexpected();
    return WORDS[word] ?? null;
  }

  #skipSpaces(): void {
    while (SPACES.includes(this.text.charCodeAt(this.#at))) this.#at += 1;
  }

  #escapedText(): string {
    const start = this.#at;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    try {
      const text = JSON.parse(this.text.slice(start, end + 1)) as string;
      this.#at = end + 1;
      return text;
    } catch {
      throw this.#unexpected();
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #unexpected(): Error {
    return this.refuse(sentence`it is no JSON from character ${String(this.#at)} on`);
  }
}
