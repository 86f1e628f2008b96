import { readFileSync } from 'node:fs';
import type { Tokenizer } from '../../src/tokenizer';

/** English prose that every clone has. */
const SOURCE = 'models/LICENSE-Apache-2.0.txt';

/** Texts of an exact number of tokens that all begin differently, so that nothing of an earlier one can be used again. */
export class Texts {
  readonly #tokenizer: Tokenizer;
  readonly #prose = readFileSync(SOURCE, 'utf8').trim().split(/\s+/).join(' ');
  #count = 0;

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  next(tokens: number): string {
    const round = Math.floor(this.#count / 26);
    const first = `${String.fromCharCode('A'.charCodeAt(0) + (this.#count++ % 26))}${round || ''}`;
    let text = first;
    for (let copy = 1; this.#lengthOf(text) < tokens; copy++) text += ` Copy ${copy}. ${this.#prose}`;
    // The start of a text up to a token's end may have a token less or more: the last word is cut.
    let end = this.#tokenizer.encode(text).ends[tokens - 1] ?? 0;
    while (this.#lengthOf(text.slice(0, end)) !== tokens) end++;
    return text.slice(0, end);
  }

  #lengthOf(text: string): number {
    return this.#tokenizer.encode(text).ids.length;
  }
}
