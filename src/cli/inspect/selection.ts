import { formatQuantity } from '../../display/numbers';
import type { TraceInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
import { UsageError } from '../usage-error';

/** Positions of a trace, half-open. */
export interface TokenRange {
  from: number;
  to: number;
}

/**
 * The tokens that touch a part of the text, or all of them.
 *
 * @throws UsageError where the part is not in the text, VitrineError `select.empty` where the model sees nothing of it.
 */
export function tokensIn({ ids, starts, ends }: TraceInfo, text: string, select: Span | undefined): TokenRange {
  if (select === undefined) return { from: 0, to: ids.length };
  if (select.end > text.length) {
    throw new UsageError(
      `--select ${select.start}:${select.end} is past the end of the text, which has ${formatQuantity(text.length, 'UTF-16 unit')}.`,
    );
  }
  const from = ends.findIndex((end, index) => end > select.start && (starts[index] ?? 0) < select.end);
  if (from < 0) {
    throw new VitrineError(
      'select.empty',
      `The model sees nothing of ${select.start}:${select.end}: no token that it read touches this part of the text.`,
    );
  }
  const after = starts.findIndex((start, index) => index > from && start >= select.end);
  return { from, to: after < 0 ? ids.length : after };
}
