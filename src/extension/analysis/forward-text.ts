import type { TraceInfo } from '../../shared/engine-api';
import { type HeadAddress, maskOf } from '../../shared/head-address';
import type { Span } from '../../shared/tokens';
import type { ReadyEngine } from '../engine/engine-host';

/** Characters of one token at most, as far as a bound on what is sent needs to know: a longer text cannot fit the context. */
const CHARACTERS_A_TOKEN = 16;

/** A text past the context loses its beginning in pieces of this share of the context. */
const TRUNCATE_STEPS = 8;

/**
 * What is sent of a text that may be far too long: its end. In steps, so that a text that grows at its end goes on beginning
 * where it did, and is not read anew. @param context in tokens
 */
export function sentPart({ start, end }: Span, context: number): Span {
  const step = context * CHARACTERS_A_TOKEN;
  return { start: start + Math.max(0, Math.ceil((end - start) / step) - 2) * step, end };
}

/** Lets the model read a text, or finds that it has; of one that is too long the end that fits. @param off heads without effect */
export function forwardText(
  { engine, model }: ReadyEngine,
  task: number,
  text: string,
  off: readonly HeadAddress[],
): Promise<TraceInfo> {
  const truncateStep = Math.ceil(model.contextLength / TRUNCATE_STEPS);
  return engine.forward({ task, text, truncate: true, truncateStep, headMask: maskOf(off) });
}
