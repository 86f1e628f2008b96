import * as vscode from 'vscode';
import { sentence, VitrineError } from '../../shared/errors';
import { showError } from '../show-error';
import type { ModelRow } from './model-row';

const URI_LIST = 'text/uri-list';
/** The editor's name for what comes from outside of it. */
const FILES = 'files';

/** A model's file or folder that is dropped on the Model view is opened. */
export class DropModel implements vscode.TreeDragAndDropController<ModelRow> {
  readonly dropMimeTypes = [URI_LIST, FILES];
  readonly dragMimeTypes = [];

  async handleDrop(_row: ModelRow | undefined, dropped: vscode.DataTransfer): Promise<void> {
    try {
      const { fsPath } = await droppedFile(dropped);
      await vscode.commands.executeCommand('vitrine.openModelFile', fsPath);
    } catch (error) {
      await showError(error);
    }
  }
}

/** The first file or folder of what is dropped. @throws VitrineError `model.elsewhere` where this machine has none of it */
async function droppedFile(dropped: vscode.DataTransfer): Promise<vscode.Uri> {
  const list = (await dropped.get(URI_LIST)?.asString()) ?? '';
  // RFC 2483: one a line, and lines of comments.
  const uris = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const uri = uris.map((line) => vscode.Uri.parse(line)).find(({ scheme }) => scheme === 'file');
  if (uri) return uri;
  throw new VitrineError(
    'model.elsewhere',
    sentence`That is no file of the machine on which Vitrine runs: drop a GGUF file or a model’s folder that lies there.`,
  );
}
