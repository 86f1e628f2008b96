import * as vscode from 'vscode';
import type { Services } from '../extension';
import { registerCommand } from '../register-command';
import { onSettingsChange } from '../settings';
import { Bands } from './bands';
import { Canvas } from './canvas';

/** Everything that is drawn over the text, and the commands for it. */
export function registerDecorations({ documents, tokens }: Services): vscode.Disposable {
  const canvas = new Canvas();
  const bands = new Bands(documents, () => undefined);
  canvas.add(bands);

  const toggleBands = async () => {
    const editor = vscode.window.activeTextEditor;
    if (bands.on) bands.hide();
    else if (editor) await bands.show(editor.document);
    canvas.redraw();
  };
  return vscode.Disposable.from(
    canvas,
    documents.onDidSettle((document) => canvas.redraw(document.uri.toString())),
    tokens.onDidChange(() => canvas.redraw()),
    onSettingsChange(['showWhitespace'], () => canvas.redraw()),
    registerCommand('vitrine.toggleBands', toggleBands),
  );
}
