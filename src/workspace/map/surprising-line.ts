import type { LineNorm, MapLine, MapView } from '../../shared/map-api';
import type { LineScore } from '../../shared/workspace-api';
import type { RawFileScore } from '../score-file';
import { meanOf } from './line-norms';

/**
 * The line of a file with the highest z, or, where none is known, with the highest mean.
 *
 * @param text of the file, as it was read
 * @returns undefined where no line counts
 */
export function mostSurprisingLine(
  score: RawFileScore,
  text: string,
  norms: readonly LineNorm[],
  view: MapView,
): MapLine | undefined {
  const most = mostSurprising(score, norms, view);
  if (!most) return undefined;
  const { line, z } = most;
  const { start, end, bits, expected } = line.worst;
  return {
    line: line.line,
    text: text.split('\n')[line.line]?.replace(/\r$/, '') ?? '',
    z,
    worst: { start, end, bits },
    expected,
  };
}

interface Found {
  line: LineScore;
  mean: number;
  z: number;
}

function mostSurprising({ languageId, lines }: RawFileScore, norms: readonly LineNorm[], view: MapView) {
  let most: Found | undefined;
  for (const line of lines) {
    const mean = meanOf(line, view);
    if (!view.kinds.includes(line.kind) || Number.isNaN(mean)) continue;
    const norm = norms.find((each) => each.languageId === languageId && each.kind === line.kind);
    const { mean: usual, deviation } = (view.withoutNewNames ? norm?.withoutNewNames : norm?.all) ?? UNKNOWN;
    const found = { line, mean, z: (mean - usual) / deviation };
    if (!most || isAbove(found, most)) most = found;
  }
  return most;
}

const UNKNOWN = { mean: Number.NaN, deviation: Number.NaN };

function isAbove(one: Found, other: Found): boolean {
  // A z that is known stands above one that is not.
  const [a, b] = [Number.isFinite(one.z), Number.isFinite(other.z)];
  if (a !== b) return a;
  return a ? one.z > other.z : one.mean > other.mean;
}
