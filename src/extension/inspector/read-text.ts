import type * as vscode from 'vscode';
import type { ModelInfo, Requests } from '../../shared/engine-api';
import type { ReadTokens } from '../../shared/inspector-api';
import type { Span } from '../../shared/tokens';
import type { EngineHost } from '../engine/engine-host';

/** Characters of one token at most, as far as a bound on what is sent needs to know: a longer text cannot fit the context. */
const CHARACTERS_A_TOKEN = 16;

/** A text past the context loses its beginning in pieces of this share of the context. */
const WINDOW_STEPS = 8;

/** What is sent of a text that may be far too long: its end. In steps, so that a text that grows begins for long where it did. */
export function sentPart({ start, end }: Span, context: number): Span {
  const step = context * CHARACTERS_A_TOKEN;
  return { start: start + Math.max(0, Math.ceil((end - start) / step) - 2) * step, end };
}

/** Lets the model read a text, or finds that it has; of one that is too long the end that fits. */
export function readText(
  host: EngineHost,
  text: string,
  gains: NonNullable<Requests['forward']['gains']>,
  cancellation: vscode.CancellationToken,
): Promise<{ model: ModelInfo; tokens: ReadTokens }> {
  return host.runTask(cancellation, async ({ engine, model }, task) => {
    const windowStep = Math.ceil(model.context / WINDOW_STEPS);
    const { trace, ids, starts, ends } = await engine.forward({ task, text, window: true, windowStep, gains });
    return { model, tokens: { trace, ids, starts, ends } };
  });
}
