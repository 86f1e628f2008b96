import { formatBytes } from '../../model/cache/format-bytes';
import type { Stage } from '../../shared/engine-api';
import { formatCount } from './numbers';
import { shorten } from './width';

export interface ProgressReport {
  stage: Stage;
  done: number;
  total: number;
}

export interface ProgressLine {
  show(report: ProgressReport): void;
  clear(): void;
}

const STAGES: Record<Stage, { verb: string; amount: (count: number) => string; unit: string }> = {
  compile: { verb: 'Compiling the model', amount: formatBytes, unit: '' },
  load: { verb: 'Loading the model', amount: formatBytes, unit: '' },
  forward: { verb: 'Reading the text', amount: formatCount, unit: ' tokens' },
  continue: { verb: 'Continuing the text', amount: formatCount, unit: ' tokens' },
};

const REDRAW_MILLISECONDS = 50;
const CLEAR_LINE = '\r\x1b[2K';

/** One line that is rewritten, on a terminal; nothing elsewhere. */
export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  let drawnAt = Number.NEGATIVE_INFINITY;
  let drawn = false;
  return {
    show(report) {
      if (performance.now() - drawnAt < REDRAW_MILLISECONDS) return;
      drawnAt = performance.now();
      drawn = true;
      // A line as wide as the terminal would wrap, and the next one would not overwrite it.
      stream.write(CLEAR_LINE + shorten(describeProgress(report), (stream.columns || 80) - 1));
    },
    clear() {
      if (drawn) stream.write(CLEAR_LINE);
      drawn = false;
    },
  };
}

/** `Reading the text  512 of 2,000 tokens`. */
export function describeProgress({ stage, done, total }: ProgressReport): string {
  const { verb, amount, unit } = STAGES[stage];
  return total > 0 ? `${verb}  ${amount(done)} of ${amount(total)}${unit}` : `${verb} …`;
}
