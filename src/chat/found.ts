import type { Conversation } from '../shared/chat';
import type { Sentence } from '../shared/errors';

/** Why something in a text could not be read as a conversation, or not all of it. */
export interface FindingTrouble {
  /** Where in the document, in UTF-16 units. */
  offset: number;
  /** Counted from 1. */
  line: number;
  /** Names the line, and what is expected. */
  sentence: Sentence;
}

/** What was found in a text. A conversation that is there though there is trouble with it is known in part. */
export interface FoundConversations {
  conversations: Conversation[];
  troubles: FindingTrouble[];
}

/** Takes down what is odd about a text. */
export class Troubles {
  readonly all: FindingTrouble[] = [];
  readonly #text: string;
  readonly #offset: number;
  readonly #line: number;

  /** @param text the text that is searched, which stands at an offset of the document, in a line counted from 1 */
  constructor(text: string, offset = 0, line = 1) {
    this.#text = text;
    this.#offset = offset;
    this.#line = line;
  }

  /** @param at in the text that is searched, @param say is given the number of the line */
  add(at: number, say: (line: string) => Sentence): void {
    const line = this.#line + lineBreaks(this.#text, at);
    this.all.push({ offset: this.#offset + at, line, sentence: say(String(line)) });
  }
}

function lineBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
