import * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import { maskOf } from '../../shared/head-address';
import type { Services } from '../services';

/** A new trace of tokens that a model has read. Undefined where another model is loaded, to which they are other tokens. */
export async function forwardAgain(
  { host, analyses }: Services,
  { name }: ModelInfo,
  ids: Uint32Array,
): Promise<{ trace: number; model: ModelInfo } | undefined> {
  return host.runTask(new vscode.CancellationTokenSource().token, async ({ engine, model }, task) => {
    if (model.name !== name) return undefined;
    const { trace } = await engine.forwardTokens({ task, ids: [...ids], headMask: maskOf(analyses.ablated) });
    return { trace, model };
  });
}
