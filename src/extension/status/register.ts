import * as vscode from 'vscode';
import type { Services } from '../extension';
import { registerCommand } from '../register-command';
import { showCompileProgress } from './compile-progress';
import { showActions } from './show-actions';
import { StatusItem } from './status-item';

/** The item in the status bar, and the progress of what takes long. */
export function registerStatus(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    new StatusItem(services),
    showCompileProgress(services.host),
    registerCommand('vitrine.showActions', () => showActions(services)),
  );
}
