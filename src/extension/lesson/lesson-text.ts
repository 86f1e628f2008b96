import * as vscode from 'vscode';
import { addressOf, RENDERED_SCHEME } from '../chat/prompt-address';
import { type ExampleFolders, openCopy } from '../examples/copied-example';

/** Under the examples. */
const FOLDER = 'lesson';

/** The prepared text of the step that is shown, as a copy in the editor. */
export class LessonText {
  readonly #folders: ExampleFolders;
  #file = '';
  /** Of the copy, once it is open. */
  #uri: vscode.Uri | undefined;

  constructor(folders: ExampleFolders) {
    this.#folders = folders;
  }

  /** Undefined where it is not open. */
  get document(): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.#uri?.toString());
  }

  /** As it is installed: a person may have changed the copy. */
  async installed(): Promise<string> {
    const file = vscode.Uri.joinPath(this.#folders.installed, FOLDER, this.#file);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  }

  /** Opens it in place of the one before. */
  async open(file: string): Promise<void> {
    this.#file = file;
    this.#uri = undefined;
    const options = { viewColumn: vscode.ViewColumn.One };
    const { document } = await openCopy(this.#folders, `${FOLDER}/${file}`, options);
    // Another step may have been chosen meanwhile.
    if (this.#file !== file) return;
    this.#uri = document.uri;
    await this.#closeOthers();
  }

  /** The same, where a person has closed it; undefined where no step has one. */
  async reopened(): Promise<vscode.TextDocument | undefined> {
    return this.#uri && vscode.workspace.openTextDocument(this.#uri);
  }

  async close(): Promise<void> {
    this.#uri = undefined;
    await this.#closeOthers();
  }

  /** All texts of the lesson but this. What a person has changed in one is kept nowhere. */
  async #closeOthers(): Promise<void> {
    const folder = vscode.Uri.joinPath(this.#folders.copies, FOLDER).toString();
    const isLeft = (uri: vscode.Uri) => {
      // What a model reads of a chat goes with its file.
      const file = uri.scheme === RENDERED_SCHEME ? addressOf(uri).document : uri.toString();
      return file.startsWith(folder) && file !== this.#uri?.toString();
    };
    for (const document of vscode.workspace.textDocuments) {
      if (document.isDirty && isLeft(document.uri)) await document.save();
    }
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter(({ input }) => input instanceof vscode.TabInputText && isLeft(input.uri)),
      true,
    );
  }
}
