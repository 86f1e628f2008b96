import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import type { Services } from '../services';
import { TokenHover } from './token-hover';
import { registerUndertrainedHover } from './undertrained-hover';

export function registerHover(services: Services, decorations: Decorations): vscode.Disposable {
  const { readings, host, tokens } = services;
  const loadVocabulary = () => {
    if (host.model) void tokens.named('model').catch(() => {});
  };
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider('*', new TokenHover(services, decorations)),
    registerUndertrainedHover(decorations),
    // So that the first hover need not wait for the vocabulary.
    readings.onDidChange(loadVocabulary),
  );
}
