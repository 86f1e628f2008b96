import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { showCompileProgress } from './compile-progress';
import { showActions } from './show-actions';
import { StatusItem } from './status-item';
import { WhyItem } from './why-item';

/** The items in the status bar, and the progress of what takes long. */
export function registerStatus(services: Services, decorations: Decorations): vscode.Disposable {
  return vscode.Disposable.from(
    new StatusItem(services, decorations),
    new WhyItem(services, decorations),
    showCompileProgress(services.host),
    registerCommand('vitrine.showActions', () => showActions(services)),
  );
}
