import { visibleBytes, visibleText } from '../terminal/glyphs';
import type { Candidate, InspectedToken } from './inspection';

const REPLACEMENT = '\ufffd';

/** A token of the text for people: one that splits a character has its bytes beside the character. */
export function tokenLabel({ text, bytes }: Pick<InspectedToken, 'text' | 'bytes'>): string {
  const label = visibleText(text);
  return isWhole(text, bytes) ? label : `${label}${visibleBytes(bytes)}`;
}

/** A token that could stand there: its bytes alone where they are no whole characters. */
export function candidateLabel({ text, bytes }: Pick<Candidate, 'text' | 'bytes'>): string {
  return text.includes(REPLACEMENT) && !isWhole(text, bytes) ? visibleBytes(bytes) : visibleText(text);
}

function isWhole(text: string, bytes: string): boolean {
  return Buffer.from(text).toString('hex') === bytes;
}
