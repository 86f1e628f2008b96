import { LEAST_KL, logRatioShare } from '../../../src/display/difference-scale';
import type { Compared } from './compared';

/** CSS pixels that a column has at least: of more tokens, one stands for its neighbours. */
const LEAST_COLUMN = 2;

export interface CurveSize {
  width: number;
  /** Of the half of the plot above, and below, its middle; and of the plot of KL. */
  half: number;
  klHeight: number;
}

/** Columns along the text, as the paths that draw them, and the pair that each column stands for. */
export interface CurvePaths {
  /** ln(p_B / p_A) above 0, and below, from the middle. */
  more: string;
  less: string;
  /** KL(A ‖ B), from the bottom. */
  kl: string;
  /** Marks of columns in which the first guess flips. */
  flips: string;
  columns: readonly number[];
  step: number;
  mostKl: number;
}

/** The scale of KL goes by the square root, so that small values are seen. */
export function curvePaths(compared: Compared, { width, half, klHeight }: CurveSize): CurvePaths {
  const columns = columnsOf(compared, Math.max(1, Math.floor(width / LEAST_COLUMN)));
  const step = Math.min(24, width / columns.length);
  const gap = step > 4 ? 1 : 0;
  const kls = columns.map((index) => compared.kl(index) || 0);
  const mostKl = Math.max(LEAST_KL, ...kls);
  const rect = (column: number, from: number, height: number) =>
    height === 0
      ? ''
      : `M${(column * step).toFixed(1)} ${from}h${(step - gap).toFixed(1)}v${height.toFixed(1)}H${(column * step).toFixed(1)}Z`;
  const heights = columns.map((index) => logRatioShare(compared.logRatio(index)) * half);
  return {
    more: heights.map((height, column) => (height > 0 ? rect(column, half, -height) : '')).join(''),
    less: heights.map((height, column) => (height < 0 ? rect(column, half, -height) : '')).join(''),
    kl: kls.map((kl, column) => rect(column, klHeight, -Math.sqrt(kl / mostKl) * klHeight)).join(''),
    flips: columns
      .map((index, column) => (compared.isFlip(index) ? `M${((column + 0.5) * step).toFixed(1)} 6l-3 -6h6Z` : ''))
      .join(''),
    columns,
    step,
    mostKl,
  };
}

/** Of each bin of neighbours, the one that moved most. */
function columnsOf(compared: Compared, most: number): readonly number[] {
  const { shown } = compared;
  if (shown.length <= most) return shown;
  const bins = Array.from({ length: most }, (_, bin) =>
    shown.slice(Math.floor((bin * shown.length) / most), Math.floor(((bin + 1) * shown.length) / most)),
  );
  const size = (index: number) => Math.abs(compared.logRatio(index));
  return bins.map((bin) => bin.reduce((best, index) => (size(index) > size(best) ? index : best)));
}
