import { visibleBytes, visibleText } from '../../display/glyphs';
import { shorten, widthOf } from '../terminal/width';
import type { Candidate, InspectedToken } from './inspection';

const REPLACEMENT = '\ufffd';
const SIX_BYTES_WIDTH = 14;

/** A token of the text for people, in so many columns; one that splits a character has its bytes beside the character. */
export function tokenLabel({ text, bytes }: Pick<InspectedToken, 'text' | 'bytes'>, width: number): string {
  if (isWhole(text, bytes)) return shorten(visibleText(text), width);
  const pieces = visibleBytes(bytes);
  return shorten(shorten(visibleText(text), Math.max(1, width - widthOf(pieces))) + pieces, width);
}

/** A token that could stand there; where it is no whole characters, its bytes, which are not cut for a smaller width. */
export function candidateLabel({ text, bytes }: Pick<Candidate, 'text' | 'bytes'>, width: number): string {
  return text.includes(REPLACEMENT) && !isWhole(text, bytes)
    ? shorten(visibleBytes(bytes), Math.max(width, SIX_BYTES_WIDTH))
    : shorten(visibleText(text), width);
}

function isWhole(text: string, bytes: string): boolean {
  return Buffer.from(text).toString('hex') === bytes;
}
