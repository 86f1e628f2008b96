import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { Decorations } from '../decorations/decorations';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { FileBadges } from './file-badges';
import type { FolderMap } from './folder-map';
import { FolderMaps } from './folder-maps';
import { FunctionLenses } from './function-lenses';
import { MapPanel } from './map-panel';

/** The map of the workspace, and what stands at files and functions. */
export function registerMap(
  { extensionUri }: vscode.ExtensionContext,
  { scans }: Services,
  decorations: Decorations,
): vscode.Disposable {
  const maps = new FolderMaps(scans);
  const lenses = new FunctionLenses(maps);
  const panels = new Map<FolderMap, MapPanel>();
  const show = async (map: FolderMap) => {
    const open = panels.get(map);
    if (open) open.reveal();
    else {
      const panel = new MapPanel(map, extensionUri);
      panels.set(map, panel);
      panel.onDidDispose(() => panels.delete(map));
    }
    if (map.scanner.scanning.kind === 'off') await map.scanner.setScanning(true);
  };
  return vscode.Disposable.from(
    maps,
    lenses,
    new FileBadges(maps),
    registerCommand('vitrine.showWorkspaceMap', async () => {
      const map = await chooseMap(maps);
      if (map) await show(map);
    }),
    registerCommand('vitrine.showFunctionSurprisal', () => {
      refuseWithoutFolder(maps);
      lenses.on = !lenses.on;
    }),
    registerCommand('vitrine.colourFunction', (uri, line) => colourFunction(decorations, uri, line)),
  );
}

async function chooseMap(maps: FolderMaps): Promise<FolderMap | undefined> {
  refuseWithoutFolder(maps);
  const [only, ...others] = maps.all;
  if (others.length === 0) return only;
  const folder = await vscode.window.showWorkspaceFolderPick();
  return folder && maps.of(folder.uri);
}

function refuseWithoutFolder({ all }: FolderMaps): void {
  if (all.length > 0) return;
  const text = vscode.l10n.t(
    'No folder of this machine is open in this window. Open the folder whose code is to be read.',
  );
  throw new VitrineError('scan.noFolder', text);
}

/** Of a lens: the text in the colours of surprisal, with the cursor in the function. */
async function colourFunction(decorations: Decorations, uri: unknown, line: unknown): Promise<void> {
  if (!(uri instanceof vscode.Uri) || typeof line !== 'number') return;
  const editor = await vscode.window.showTextDocument(uri);
  const { range } = editor.document.lineAt(line);
  editor.selection = new vscode.Selection(range.start, range.start);
  if (decorations.quantityOf(editor.document) !== 'surprisal') await decorations.toggleHeat(editor, 'surprisal');
}
