/** A part of a text that is read by itself. */
export interface TextChunk {
  ids: number[];
  /** Which of its tokens are scored. */
  positions: Uint32Array;
}

/** Tokens of a chunk. */
export const CHUNK_TOKENS = 512;

/**
 * How `llama-perplexity` cuts a text: into chunks of 512 tokens, each read by itself; what remains at the end is left out. The
 * first token of each gives its place to the one that the model wants before every text, where it wants one, and only the
 * second half is scored, but for its first token: 255 of 512 (llama.cpp, tools/perplexity/perplexity.cpp).
 *
 * @param ids of the text, after what the model wants before it
 * @param begin what the model wants before every text: at most one token in llama.cpp
 */
export function chunksAsLlamaCpp(ids: ArrayLike<number>, begin: readonly number[], size = CHUNK_TOKENS): TextChunk[] {
  const first = Math.floor(size / 2) + 1;
  const positions = Uint32Array.from({ length: size - first }, (_, i) => first + i);
  return Array.from({ length: Math.floor(ids.length / size) }, (_, chunk) => {
    const own = Array.from({ length: size }, (_, i) => ids[chunk * size + i] as number);
    return { ids: [...begin, ...own.slice(begin.length)], positions };
  });
}
