import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import type { Inspector } from '../inspector/inspector';
import type { Services } from '../services';
import { HeadsView } from './heads-view';
import { ModelView } from './model-view';
import { TokensView } from './tokens-view';

/** The views of the side panel. */
export function registerSide(services: Services, decorations: Decorations, inspector: Inspector): vscode.Disposable {
  return vscode.Disposable.from(
    new ModelView(services),
    new TokensView(services, decorations),
    new HeadsView(services, decorations, inspector),
  );
}
