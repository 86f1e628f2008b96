import type { Span, Tokenization } from '../shared/tokens';
import type { Found } from './added/found';
import { OffsetMap } from './normalizers/offset-map';
import { type Normalizer, TracedText } from './normalizers/traced-text';
import type { SourceText } from './source-text';
import { unitsOfText } from './unicode/utf8';

/**
 * A text after its vocabulary's normalisers, and the way back to the text that it came from. The tokens that are looked
 * for in the text as it stands are left as they are, and each part between two is normalised by itself.
 *
 * What covers a part of what a normaliser changed covers all of it in the text; elsewhere offsets are only shifted.
 */
export class NormalizedText implements SourceText {
  readonly units: Uint16Array;
  /** The tokens that were found in the text as it stands, with offsets in `units`. */
  readonly found: Found[] = [];
  /** Undefined where nothing was changed, as nearly always by NFC. */
  private readonly map: OffsetMap | undefined;

  constructor(text: string, normalizers: readonly Normalizer[], verbatim: Iterable<Found> = []) {
    const parts: { traced: TracedText; start: number }[] = [];
    let at = 0;
    let length = 0;
    const add = (end: number, steps: readonly Normalizer[]) => {
      const traced = TracedText.of(text.slice(at, end), steps);
      parts.push({ traced, start: at });
      length += traced.text.length;
      at = end;
    };
    for (const { start, end, token } of verbatim) {
      if (start > at) add(start, normalizers);
      this.found.push({ start: length, end: length + end - start, token });
      add(end, []);
    }
    if (at < text.length) add(text.length, normalizers);
    this.units = unitsOfText(parts.map(({ traced }) => traced.text).join(''));
    if (parts.some(({ traced }) => traced.starts)) this.map = new OffsetMap(text, this.units, parts);
  }

  offsetOf(unit: number): number {
    return this.map ? this.map.startOf(unit) : unit;
  }

  isBetween(unit: number): boolean {
    return !this.map || this.map.startOf(unit) === this.map.endOf(unit);
  }

  restore(tokens: Tokenization, unit: number, byte: number, endUnit: number): Tokenization {
    const { map } = this;
    if (!map) return tokens;
    const base = map.endOf(unit);
    const baseByte = map.byteEndOf(byte);
    const back = (offsets: Uint32Array, placeOf: (offset: number) => number) =>
      offsets.map((offset) => placeOf(offset));
    const dropped: Span[] = tokens.dropped.map(({ start, end }) => ({
      start: map.startOf(unit + start) - base,
      end: map.endOf(unit + end) - base,
    }));
    return {
      ids: tokens.ids,
      starts: back(tokens.starts, (offset) => map.startOf(unit + offset) - base),
      ends: back(tokens.ends, (offset) => map.endOf(unit + offset) - base),
      byteStarts: back(tokens.byteStarts, (offset) => map.byteStartOf(byte + offset) - baseByte),
      byteEnds: back(tokens.byteEnds, (offset) => map.byteEndOf(byte + offset) - baseByte),
      dropped: [...dropped, ...map.gapsBetween(unit, endUnit, base)].sort((a, b) => a.start - b.start),
    };
  }
}
