import type { Theme } from '../theme';
import type { Viewport } from './viewport';

/** Where a matrix is painted: what is seen of it, with room for labels at the left and below. Lengths are CSS pixels. */
export interface Plot {
  context: CanvasRenderingContext2D;
  viewport: Viewport;
  theme: Theme;
  /** Room at the left. */
  left: number;
  font: string;
  /** Longest labels. */
  rowLabel: number;
  columnLabel: number;
}
