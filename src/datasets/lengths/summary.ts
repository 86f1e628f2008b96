import type { LengthBin, LengthSummary } from '../../shared/lengths-api';

const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/** What the lengths of documents are like. @param lengths in tokens */
export function lengthSummary(lengths: Uint32Array): LengthSummary {
  const sorted = lengths.slice().sort();
  const [shortest = 0, longest = 0] = [sorted[0], sorted.at(-1)];
  const bins = binsOf(shortest, sorted.length > 0 ? longest : -1);
  let [bin, tokens] = [0, 0];
  for (const length of sorted) {
    while (length >= (bins[bin] as LengthBin).to) bin++;
    const own = bins[bin] as LengthBin;
    own.documents++;
    own.tokens += length;
    tokens += length;
  }
  return {
    documents: sorted.length,
    tokens,
    shortest,
    longest,
    bins,
    quantiles: SHARES.map((share) => ({ share, tokens: quantile(sorted, share) })),
  };
}

/** The least of the lengths that such a share of all does not exceed; 0 where there is none. */
function quantile(sorted: Uint32Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** 0, 1, 2, 3, 4–5, 6–7, 8–11, 12–15, … that hold all from the shortest to the longest. */
function binsOf(shortest: number, longest: number): LengthBin[] {
  const bins: LengthBin[] = [];
  for (let from = 0; from <= longest; from = binEnd(from)) {
    if (binEnd(from) > shortest) bins.push({ from, to: binEnd(from), documents: 0, tokens: 0 });
  }
  return bins;
}

/** Where the next bin begins: at a power of two, or halfway to the next. */
function binEnd(from: number): number {
  if (from < 2) return from + 1;
  const octave = 2 ** Math.floor(Math.log2(from));
  return from + octave / 2;
}
