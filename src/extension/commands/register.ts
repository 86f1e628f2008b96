import * as vscode from 'vscode';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { chooseModel } from './choose-model';
import { chooseProvider, chooseTokenizer } from './choose-setting';
import { clearCompiledModels } from './clear-compiled-models';
import { copyTokens } from './copy-tokens';
import { countTokens } from './count-tokens';

/** The commands about the model, its engine and its vocabulary, and those that only count. */
export function registerCommands(services: Services): vscode.Disposable {
  const { host, log } = services;
  return vscode.Disposable.from(
    registerCommand('vitrine.countTokens', () => countTokens(services)),
    registerCommand('vitrine.copyTokensAs', () => copyTokens(services)),
    registerCommand('vitrine.chooseModel', () => chooseModel(host)),
    registerCommand('vitrine.chooseTokenizer', chooseTokenizer),
    registerCommand('vitrine.chooseProvider', () => chooseProvider(host)),
    registerCommand('vitrine.restartEngine', () => host.restart()),
    registerCommand('vitrine.clearCompiledModels', () => clearCompiledModels(host)),
    registerCommand('vitrine.showLog', () => log.show()),
  );
}
