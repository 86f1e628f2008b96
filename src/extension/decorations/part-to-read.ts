import { firstAtLeast } from '../../shared/sorted';
import type { Span } from '../../shared/tokens';

/** What the model is to read of a long text of which somebody sees a part. Offsets in UTF-16 units of the text. */
export interface PartToRead {
  /** Where it begins to read. */
  start: number;
  /** What is shown of it: of the rest the model has read too little before. */
  shown: Span;
  /** How many tokens that are. */
  tokens: number;
}

/** A part that was read, and where that stands in the present text. */
export interface PartRead extends PartToRead {
  /** Where its tokens begin. */
  starts: Uint32Array;
  end: number;
}

export interface TextToRead {
  slice(start: number, end: number): string;
  /** Where the tokens of a text begin in it. */
  tokenize(text: string): Promise<Uint32Array>;
}

export interface Context {
  /** Tokens that are to be read before what is seen. */
  before: number;
  /** Tokens that the model reads at most. */
  length: number;
}

/** Tokens that are left free: cut elsewhere a text may have a few more, and some models want one before it. */
const SPARE = 8;

/** Characters of a token in most texts, or more. */
const CHARACTERS = 5;

/** A line that begins within so many characters begins a stretch better than the middle of one. */
const LINE_UNITS = 400;

/**
 * What to read so that a part that is seen can be shown: on from where the text was read, if enough of it stands before and
 * the model has room for more; else anew from some tokens before. So the model reads a screen once however far one scrolls.
 */
export async function partToRead(
  text: TextToRead,
  seen: Span,
  { before, length }: Context,
  latest: PartRead | undefined,
): Promise<PartToRead> {
  const room = length - SPARE;
  const seenTokens = (await text.tokenize(text.slice(seen.start, seen.end))).length;
  const wanted = Math.max(0, Math.min(before, room - seenTokens));
  const onward = latest && (await readOn(text, seen, latest, wanted));
  return onward && onward.tokens <= room ? onward : await readAnew(text, seen, wanted, seenTokens);
}

/** Undefined where what was read begins too late, or ends too early, for that. */
async function readOn(text: TextToRead, seen: Span, latest: PartRead, wanted: number): Promise<PartToRead | undefined> {
  const { start, end, starts, shown } = latest;
  const isNear = start <= seen.start && seen.start <= end + wanted * CHARACTERS;
  if (!isNear || (start > 0 && firstAtLeast(starts, seen.start) < wanted)) return undefined;
  const added = seen.end > end ? (await text.tokenize(text.slice(end, seen.end))).length : 0;
  return {
    start,
    shown: { start: Math.min(shown.start, seen.start), end: Math.max(shown.end, seen.end) },
    tokens: latest.tokens + added,
  };
}

/** What has half of the stretch before it is shown too: to scroll back a little needs no other. */
async function readAnew(text: TextToRead, seen: Span, wanted: number, seenTokens: number): Promise<PartToRead> {
  for (let reach = wanted * CHARACTERS; ; reach *= 2) {
    const from = Math.max(0, seen.start - reach);
    const stretch = text.slice(from, seen.start);
    const starts = await text.tokenize(stretch);
    const isWhole = from === 0 && starts.length <= wanted;
    if (isWhole) return { start: 0, shown: { start: 0, end: seen.end }, tokens: starts.length + seenTokens };
    if (from > 0 && starts.length < wanted) continue;
    const start = lineStartAfter(stretch, starts[starts.length - wanted] ?? stretch.length);
    const half = Math.max(start, starts[starts.length - Math.ceil(wanted / 2)] ?? stretch.length);
    const tokens = starts.length - firstAtLeast(starts, start) + seenTokens;
    return { start: from + start, shown: { start: from + half, end: seen.end }, tokens };
  }
}

function lineStartAfter(text: string, offset: number): number {
  const line = text.slice(offset, offset + LINE_UNITS).indexOf('\n');
  return line < 0 ? offset : offset + line + 1;
}
