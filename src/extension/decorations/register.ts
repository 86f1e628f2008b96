import * as vscode from 'vscode';
import type { Services } from '../extension';
import { registerCommand } from '../register-command';
import { onSettingsChange } from '../settings';
import { showError } from '../show-error';
import { Attention } from './attention';
import { Bands } from './bands';
import { Canvas } from './canvas';
import { Heat } from './heat';
import type { Quantity } from './quantities';

export interface Decorations extends vscode.Disposable {
  readonly areBandsOn: boolean;
}

/** Everything that is drawn over the text, and the commands for it. */
export function registerDecorations(services: Services): Decorations {
  const { documents, tokens, analyses, selection } = services;
  const canvas = new Canvas();
  const heat = new Heat(services, canvas);
  const attention = new Attention(services, canvas);
  const isColoured = (document: vscode.TextDocument) => heat.isOn(document) || attention.isOn(document);
  const bands = new Bands(documents, (document) => (isColoured(document) ? analyses.get(document) : undefined));
  for (const layer of [bands, heat.layer, attention.layer]) canvas.add(layer);

  const toggleBands = async () => {
    const editor = vscode.window.activeTextEditor;
    if (bands.on) bands.hide();
    else if (editor) await bands.show(editor.document);
    canvas.redraw();
  };
  const colourBy = (quantity: Quantity) => async () => {
    const editor = vscode.window.activeTextEditor;
    attention.hide();
    if (editor) await heat.toggle(editor, quantity);
  };
  const toggleAttention = async () => {
    const editor = vscode.window.activeTextEditor;
    heat.clear();
    if (attention.on) attention.hide();
    else if (editor) await attention.show(editor);
  };
  /** Who chooses a head wants to see where it looks. */
  const paintChosenHead = () => {
    if (selection.head && !attention.on) toggleAttention().catch(showError);
  };
  const clear = () => {
    bands.hide();
    heat.clear();
    attention.hide();
  };
  const toggleReadingMode = () => {
    analyses.mode = analyses.mode === 'withTextBefore' ? 'selectionAlone' : 'withTextBefore';
  };
  const all = vscode.Disposable.from(
    heat,
    attention,
    canvas,
    documents.onDidSettle((document) => canvas.redraw(document.uri.toString())),
    tokens.onDidChange(() => canvas.redraw()),
    selection.onDidChange(paintChosenHead),
    onSettingsChange(['showWhitespace'], () => canvas.redraw()),
    registerCommand('vitrine.toggleBands', toggleBands),
    registerCommand('vitrine.colourBySurprisal', colourBy('surprisal')),
    registerCommand('vitrine.colourByProbability', colourBy('probability')),
    registerCommand('vitrine.colourByEntropy', colourBy('entropy')),
    registerCommand('vitrine.colourByRank', colourBy('rank')),
    registerCommand('vitrine.attentionFromCursor', toggleAttention),
    registerCommand('vitrine.toggleReadingMode', toggleReadingMode),
    registerCommand('vitrine.clearDecorations', clear),
  );
  return {
    get areBandsOn() {
      return bands.on;
    },
    dispose: () => all.dispose(),
  };
}
