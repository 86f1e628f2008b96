import type { Tokenization } from '../shared/tokens';
import type { Found } from './added/found';
import { unitsOfText } from './unicode/utf8';

/** A text as a vocabulary reads it, after its normaliser if it has one, and the way back to the text itself. */
export interface SourceText {
  readonly units: Uint16Array;
  /** The offset in the text of an offset in `units`; where there is none, the nearest one before. */
  offsetOf(unit: number): number;
  /** Whether an offset in `units` is one in the text too. */
  isBetween(unit: number): boolean;
  /** The tokens that were found already, with offsets in `units`; undefined where they were not looked for. */
  readonly found?: readonly Found[];
  /**
   * Tokens of `units[unit, endUnit)`, which start at `byte`, with the spans that they have in the text from there on.
   */
  restore(tokens: Tokenization, unit: number, byte: number, endUnit: number): Tokenization;
}

/** A text that is read as it stands. */
export class PlainText implements SourceText {
  readonly units: Uint16Array;

  constructor(text: string) {
    this.units = unitsOfText(text);
  }

  offsetOf(unit: number): number {
    return unit;
  }

  isBetween(): boolean {
    return true;
  }

  restore(tokens: Tokenization): Tokenization {
    return tokens;
  }
}
