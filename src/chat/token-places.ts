import type { RenderedPart } from '../shared/chat';
import { firstAtLeast } from '../shared/sorted';
import type { Span } from '../shared/tokens';

/** Where the tokens of a prompt stand in its document, one entry a token, in their order; those that stand in none have no width. */
export interface TokenPlaces {
  starts: Uint32Array;
  ends: Uint32Array;
}

/** A content of a prompt that stands in the document. */
type Sourced = RenderedPart & { source: NonNullable<RenderedPart['source']> };

/** The parts of a prompt that stand in its document. */
export function sourcedParts(parts: readonly RenderedPart[]): Sourced[] {
  return parts.filter((part): part is Sourced => part.source !== undefined && part.end > part.start);
}

/** Where a span of a prompt stands in the document: of what crosses the border of a content, what is in it. */
export function placeOf(parts: readonly Sourced[], { start, end }: Span): Span | undefined {
  const part = parts.find((sourced) => sourced.start < end && sourced.end > start);
  if (!part) return undefined;
  const first = Math.max(start, part.start) - part.start;
  const last = Math.min(end, part.end) - part.start - 1;
  return { start: part.source.starts[first] as number, end: part.source.ends[last] as number };
}

/** The unit of a prompt that an offset of the document is in; where a content is there twice, in the first. */
export function unitAt(parts: readonly Sourced[], offset: number): number | undefined {
  for (const { start, source } of parts) {
    const unit = firstAtLeast(source.ends, offset + 1);
    if (unit < source.ends.length && (source.starts[unit] as number) <= offset) return start + unit;
  }
  return undefined;
}

/**
 * Where the tokens of a prompt stand in the document. What the template writes has no width there. Where the document has the
 * contents in another order than the prompt, the places are given in several runs, in each of which they ascend; a token has
 * its width in one of them.
 *
 * @param starts in the prompt, @param ends in the prompt
 * @param isTaken whether a place of the document is another prompt's: of a pair of answers both begin with one question
 */
export function tokenPlaces(
  rendered: readonly RenderedPart[],
  { starts, ends }: TokenPlaces,
  isTaken: (place: Span) => boolean = () => false,
): TokenPlaces[] {
  const parts = sourcedParts(rendered);
  const places = Array.from(starts, (start, token) => {
    const place = placeOf(parts, { start, end: ends[token] as number });
    return place && !isTaken(place) ? place : undefined;
  });
  const runs: (Span | undefined)[][] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const [token, place] of places.entries()) {
    if (!place) continue;
    if (place.start < last) runs.push([]);
    last = place.start;
    (runs.at(-1) as (Span | undefined)[])[token] = place;
  }
  return runs.map((run) => ascending(run, starts.length));
}

/** @param run some tokens by their numbers: the others stand, without width, where the one before ends */
function ascending(run: readonly (Span | undefined)[], length: number): TokenPlaces {
  const places = { starts: new Uint32Array(length), ends: new Uint32Array(length) };
  let at = run.find((place) => place !== undefined)?.start ?? 0;
  for (let token = 0; token < length; token++) {
    const place = run[token];
    places.starts[token] = place?.start ?? at;
    at = place?.end ?? at;
    places.ends[token] = at;
  }
  return places;
}
