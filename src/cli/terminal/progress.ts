import { formatBytes } from '../../display/format-bytes';
import { formatCount, formatQuantity, formatTimeLeft } from '../../display/numbers';
import type { Stage } from '../../shared/engine-api';
import type { ScanProgress } from '../../shared/workspace-api';
import { shorten } from './width';

export interface ProgressReport {
  /** What the engine is at, what its answers are gathered for, or how a model is got. */
  stage:
    | Stage
    | 'connect'
    | 'lens'
    | 'prompt'
    | 'chunk'
    | 'record'
    | 'ask'
    | 'get'
    | 'check'
    | 'pause'
    | 'documents'
    | 'rules'
    | 'documentsRead'
    | 'documentsWritten'
    | 'scan'
    | 'review';
  done: number;
  total: number;
  /** Of a scan, which counts tokens. */
  scan?: Omit<ScanProgress, 'tokensRead' | 'tokens'>;
  /** NaN while nobody can tell. */
  secondsLeft?: number;
  /** Of the model that is at it, where there are several. */
  name?: string | undefined;
}

export interface ProgressLine {
  show(report: ProgressReport): void;
  clear(): void;
}

const STAGES: Record<ProgressReport['stage'], (done: number, total: number) => string> = {
  compile: (done, total) => `Compiling the model  ${formatBytes(done)} of ${formatBytes(total)}`,
  compare: (done, total) =>
    `Comparing with the exact weights (Ctrl-C leaves it out)  ${formatCount(done)} of ${formatQuantity(total, 'layer')}`,
  // One step for the runtime, which does not say how far it is.
  load: () => 'Loading the model …',
  connect: () => 'Trying the server …',
  forward: (done, total) => `Reading the text  ${formatCount(done)} of ${formatQuantity(total, 'token')}`,
  continue: (done, total) => `Continuing the text  ${formatCount(done)} of ${formatQuantity(total, 'token')}`,
  rollout: (done, total) => `Following attention  ${formatCount(done)} of ${formatQuantity(total, 'layer')}`,
  ablate: (done, total) => `Trying changes  ${formatCount(done)} of ${formatQuantity(total, 'layer')}`,
  additions: (done, total) => `Measuring what layers add  ${formatCount(done)} of ${formatQuantity(total, 'layer')}`,
  matrix: (done, total) => `Reading the matrix  ${formatCount(done)} of ${formatQuantity(total, 'row')}`,
  difference: (done, total) => `Comparing the models  ${formatCount(done)} of ${formatQuantity(total, 'token')}`,
  measure: (done, total) => `Measuring each part  ${formatCount(done)} of ${formatQuantity(total, 'token')}`,
  vocabulary: (done, total) => `Measuring the vocabulary  ${Math.round((100 * done) / total)} %`,
  lens: (done, total) => `Asking the layers  ${formatCount(done)} of ${formatCount(total)}`,
  chunk: (done, total) => `Comparing the models  ${formatCount(done)} of ${formatQuantity(total, 'chunk')}`,
  // How many there are is known at their end.
  prompt: (done) => `Reading prompt ${formatCount(done)} …`,
  ask: () => 'Asking the hub …',
  get: (done, total) => `Getting the model  ${formatBytes(done)} of ${formatBytes(total)}`,
  check: (done, total) => `Checking it  ${formatBytes(done)} of ${formatBytes(total)}`,
  pause: (seconds) => (seconds > 0 ? `Trying again in ${formatQuantity(seconds, 'second')} …` : 'Trying again …'),
  documents: (done, total) => `Finding documents  ${Math.round((100 * done) / Math.max(1, total))} %`,
  rules: (done, total) => `Reading through the rules  ${formatCount(done)} of ${formatQuantity(total, 'document')}`,
  documentsRead: (done, total) =>
    `Reading with the model  ${formatCount(done)} of ${formatQuantity(total, 'document')}`,
  documentsWritten: (done, total) => `Writing  ${formatCount(done)} of ${formatQuantity(total, 'document')}`,
  scan: () => 'Reading files  ',
  review: (done, total) => `Reviewing the changes  ${formatCount(done)} of ${formatQuantity(total, 'file')}`,
  record: (done, total) => `Writing the file  ${Math.round((100 * done) / total)} %`,
};

const REDRAW_MILLISECONDS = 50;
const CLEAR_LINE = '\r\x1b[2K';

/** How often elsewhere than on a terminal a line says that a command is alive. */
const TELL_MILLISECONDS = 30_000;

/** One line that is rewritten, on a terminal; elsewhere a line now and then. */
export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY) return createProgressLog(stream);
  let drawnAt = Number.NEGATIVE_INFINITY;
  let drawn: ProgressReport['stage'] | undefined;
  return {
    show(report) {
      if (report.stage === drawn && performance.now() - drawnAt < REDRAW_MILLISECONDS) return;
      drawnAt = performance.now();
      drawn = report.stage;
      // A line as wide as the terminal would wrap, and the next one would not overwrite it.
      stream.write(CLEAR_LINE + shorten(describeProgress(report), (stream.columns || 80) - 1));
    },
    clear() {
      if (drawn) stream.write(CLEAR_LINE);
      drawn = undefined;
    },
  };
}

function createProgressLog(stream: NodeJS.WriteStream): ProgressLine {
  let toldAt = performance.now();
  return {
    show(report) {
      if (performance.now() - toldAt < TELL_MILLISECONDS) return;
      toldAt = performance.now();
      stream.write(`${describeProgress(report)}\n`);
    },
    clear: () => {},
  };
}

/** `Reading the text  512 of 2,000 tokens`. */
export function describeProgress({ stage, done, total, name, scan, secondsLeft }: ProgressReport): string {
  const step = STAGES[stage](done, total) + (scan ? describeScan(done, total, scan) : timeLeft(secondsLeft));
  return name === undefined ? step : `${name}: ${step}`;
}

/** What is asked first stands first: a narrow terminal cuts the rest. */
function describeScan(
  done: number,
  total: number,
  { filesRead, files, tokensPerSecond, secondsLeft }: NonNullable<ProgressReport['scan']>,
): string {
  const tokens = `${formatCount(done)} of about ${formatQuantity(total, 'token')}`;
  const rate = tokensPerSecond > 0 ? `, ${formatCount(Math.round(tokensPerSecond))} a second` : '';
  return `${formatCount(filesRead)} of ${formatCount(files)}${timeLeft(secondsLeft)}, ${tokens}${rate}`;
}

const timeLeft = (seconds = Number.NaN) => (Number.isNaN(seconds) ? '' : `, ${formatTimeLeft(seconds)} left`);
