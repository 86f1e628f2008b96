import * as vscode from 'vscode';
import type { EngineHost } from '../engine/engine-host';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { chooseModel } from './choose-model';
import { chooseProvider, chooseTokenizer } from './choose-setting';
import { clearCompiledModels } from './clear-compiled-models';
import { copyTokens } from './copy-tokens';
import { countTokens } from './count-tokens';
import { openModelFile } from './open-model-file';

/** The commands about the model, its engine and its vocabulary, and those that only count. */
export function registerCommands(services: Services): vscode.Disposable {
  const { host, server, comparison, log } = services;
  return vscode.Disposable.from(
    registerCommand('vitrine.countTokens', () => countTokens(services)),
    registerCommand('vitrine.copyTokensAs', () => copyTokens(services)),
    registerCommand('vitrine.chooseModel', () => chooseModel(services)),
    registerCommand('vitrine.openModelFile', (path) => openModelFile(host, path)),
    registerCommand('vitrine.getModel', (name) => get(host, name)),
    registerCommand('vitrine.chooseTokenizer', chooseTokenizer),
    registerCommand('vitrine.chooseProvider', () => chooseProvider(services)),
    registerCommand('vitrine.restartEngine', async () => {
      await server.useAgain();
      await comparison.restart();
      await host.restart();
    }),
    registerCommand('vitrine.clearCompiledModels', () => clearCompiledModels(host)),
    registerCommand('vitrine.showLog', () => log.show()),
  );
}

/** Loads what speaks to the hub only now. @param name from a link or another command */
async function get(host: EngineHost, name: unknown): Promise<void> {
  const { getModel } = await import('../get-model/get-model');
  await getModel(host, typeof name === 'string' ? name : undefined);
}
