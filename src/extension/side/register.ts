import * as vscode from 'vscode';
import type { Services } from '../extension';
import { HeadsView } from './heads-view';
import { ModelView } from './model-view';
import { TokensView } from './tokens-view';

/** The views of the side panel. */
export function registerSide(services: Services): vscode.Disposable {
  return vscode.Disposable.from(new ModelView(services), new TokensView(services), new HeadsView(services));
}
