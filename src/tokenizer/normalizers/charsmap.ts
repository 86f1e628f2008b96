import { sentence, VitrineError } from '../../shared/errors';
import type { Edit, Normalizer } from './traced-text';

/** Bytes of a grapheme that is looked up as a whole; longer ones go character by character. */
const LONGEST_GRAPHEME = 5;

const utf8 = new TextEncoder();
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * SentencePiece's precompiled map of characters: a double-array trie (Darts) from texts to places in a list of texts
 * that end with a zero. Read as native tokenizers do (spm_precompiled), the shortest beginning found counts for all.
 */
export class CharacterMap {
  private readonly trie: Uint32Array;
  private readonly texts: Uint8Array;

  /** @throws VitrineError where the bytes are no such map */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = bytes.length >= 4 ? view.getUint32(0, true) : 0;
    if (size === 0 || size % 4 !== 0 || 4 + size > bytes.length) {
      throw new VitrineError(
        'tokenizer.charsmap',
        sentence`The vocabulary is damaged: its map of characters (precompiled_charsmap) is cut off. Get the model again from its source.`,
      );
    }
    this.trie = Uint32Array.from({ length: size / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
    this.texts = bytes.subarray(4 + size);
  }

  readonly normalize: Normalizer = (text) => {
    const edits: Edit[] = [];
    for (const { segment, index } of graphemes.segment(text)) this.addEdits(segment, index, edits);
    return edits;
  };

  private addEdits(grapheme: string, start: number, edits: Edit[]): void {
    const whole =
      3 * grapheme.length > LONGEST_GRAPHEME && utf8.encode(grapheme).length > LONGEST_GRAPHEME
        ? undefined
        : this.find(grapheme);
    if (whole !== undefined) {
      if (whole !== grapheme) edits.push({ start, end: start + grapheme.length, text: whole });
      return;
    }
    let at = start;
    for (const character of grapheme) {
      const found = this.find(character);
      if (found !== undefined && found !== character)
        edits.push({ start: at, end: at + character.length, text: found });
      at += character.length;
    }
  }

  /** What is to stand in the place of a text; undefined where the map says nothing of it. */
  private find(text: string): string | undefined {
    let at = offsetOf(this.trie[0] ?? 0);
    for (const byte of utf8.encode(text)) {
      if (byte === 0) return undefined;
      at ^= byte;
      const unit = this.trie[at] ?? 0;
      // A unit of another label, or one beyond the end, continues nothing.
      if ((unit & 0x800000ff) >>> 0 !== byte) return undefined;
      at ^= offsetOf(unit);
      if (((unit >>> 8) & 1) === 1) return this.textAt((this.trie[at] ?? 0) & 0x7fffffff);
    }
    return undefined;
  }

  private textAt(start: number): string {
    const end = this.texts.indexOf(0, start);
    return new TextDecoder().decode(this.texts.subarray(start, end < 0 ? undefined : end));
  }
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
}
