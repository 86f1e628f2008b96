import type { RecordedLens } from '../../recording/recording';
import type { LogitLens } from '../../shared/engine-api';
import type { Lenses } from '../../shared/inspector-api';
import type { Steps } from './steps';
import type { TracedSubject } from './subject';

/** Positions that are asked for at once: about a second's work. Views ask for a part of such a window at most. */
const WINDOW = 16;
/** All layers of more would take minutes. */
const MOST_POSITIONS = 512;
const TOP_K = 5;

/** Windows that have a token that is shown, as many as are recorded. */
export function lensWindows({ shown, tokens }: TracedSubject): { from: number; to: number }[] {
  const windows: { from: number; to: number }[] = [];
  for (let from = shown.from - (shown.from % WINDOW); from < shown.to; from += WINDOW) {
    windows.push({ from, to: Math.min(tokens, from + WINDOW) });
  }
  return windows.slice(0, MOST_POSITIONS / WINDOW);
}

export async function recordLens(
  lenses: Lenses,
  subject: TracedSubject,
  steps: Steps,
): Promise<RecordedLens | undefined> {
  const windows = lensWindows(subject);
  const parts: LogitLens[] = [];
  for (const window of windows) {
    parts.push(await steps.step(() => lenses.logitLens({ trace: subject.trace, ...window, topK: TOP_K })));
  }
  const [first] = parts;
  const [from, to] = [windows[0]?.from, windows.at(-1)?.to];
  if (!first || from === undefined || to === undefined) return undefined;
  const { layers, topK } = first;
  const count = (to - from) * layers.length;
  const lens: RecordedLens = {
    from,
    to,
    layers,
    topK,
    topIds: new Uint32Array(count * topK),
    topLogprobs: new Float32Array(count * topK),
    nextLogprob: new Float32Array(count),
    nextRank: new Uint32Array(count),
  };
  for (const [index, part] of parts.entries()) addWindow(lens, part, index * WINDOW);
  return lens;
}

/** Puts the positions of a window to those before, layer by layer. */
function addWindow(lens: RecordedLens, part: LogitLens, at: number): void {
  const positions = lens.to - lens.from;
  const count = part.nextRank.length / part.layers.length;
  for (const layer of part.layers.keys()) {
    const [from, to] = [layer * count, (layer + 1) * count];
    const place = layer * positions + at;
    lens.topIds.set(part.topIds.subarray(from * lens.topK, to * lens.topK), place * lens.topK);
    lens.topLogprobs.set(part.topLogprobs.subarray(from * lens.topK, to * lens.topK), place * lens.topK);
    lens.nextLogprob.set(part.nextLogprob.subarray(from, to), place);
    lens.nextRank.set(part.nextRank.subarray(from, to), place);
  }
}
