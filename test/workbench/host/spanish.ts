import * as vscode from 'vscode';
import type { VitrineApi } from '../../../src/extension/api/vitrine';
import { messageOf, reporting } from './report';

export type SpanishReport = Awaited<ReturnType<typeof report>>;

/** What other extensions and chats are told of what cannot be. */
async function report() {
  const api: VitrineApi | undefined = await vscode.extensions.getExtension<VitrineApi>('vitrine.vitrine')?.activate();
  if (!api) throw new Error('the extension is not there');
  return {
    unknownTokenizer: await messageOf(api.tokenize('hola', 'nothing')),
    tooLong: await messageOf(api.probabilities('palabra '.repeat(20_000))),
    noToken: await messageOf(api.attention('hola', 99)),
    badInput: await messageOf(
      Promise.resolve(vscode.lm.invokeTool('vitrine_surprisal', { input: {}, toolInvocationToken: undefined })),
    ),
  };
}

export const run = reporting(report);
