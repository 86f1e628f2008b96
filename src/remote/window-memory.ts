import type { PromptScores } from './protocols/protocol';

/** A part of a text, and what the server has said of it. */
interface Read {
  ids: Uint32Array;
  topK: number;
  scores: PromptScores;
}

/** A long text is read in so many parts at most that are still known when it is read again. */
const MOST = 16;

/** What was read lately: of a text that is edited at its end only the last part is read anew. */
export class WindowMemory {
  #read: Read[] = [];

  /** What is known of a row of tokens: of as many of its first ones as any that was read has in common with it. */
  known(ids: Uint32Array, topK: number): PromptScores {
    let best: PromptScores = NOTHING;
    for (const read of this.#read) {
      if (read.topK < topK) continue;
      const common = commonPrefix(read.ids, ids);
      if (common <= best.tokens.length) continue;
      const { tokens, next } = read.scores;
      best = { tokens: tokens.slice(0, common), from: 0, next: tokens[common]?.top ?? next };
    }
    return best;
  }

  add(ids: Uint32Array, topK: number, scores: PromptScores): void {
    const others = this.#read.filter((read) => !isSame(read.ids, ids));
    this.#read = [{ ids, topK, scores }, ...others].slice(0, MOST);
  }

  clear(): void {
    this.#read = [];
  }
}

const NOTHING: PromptScores = { tokens: [], from: 0, next: [] };

function commonPrefix(a: Uint32Array, b: Uint32Array): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at] === b[at]) at++;
  return at;
}

const isSame = (a: Uint32Array, b: Uint32Array): boolean => a.length === b.length && commonPrefix(a, b) === a.length;
