import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import type { Services } from '../services';

/** What is on in the editor before a lesson, to be put back after it. What a step has turned on ends with the step. */
export class EditorBefore {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #areBandsOn: boolean;
  readonly #coloured: ReturnType<Decorations['colouredDocuments']>;
  readonly #fromCursor: Decorations['fromCursor'];
  readonly #choice: Services['comparison']['choice'];
  readonly #head: Services['selection']['head'];
  readonly #ablated: Services['readings']['ablated'];
  readonly #steering: Services['readings']['steering'];
  readonly #hasInspector = inspectorTabs().length > 0;

  /** Nothing is coloured, compared or changed in the model from here on. */
  constructor(services: Services, decorations: Decorations) {
    this.#services = services;
    this.#decorations = decorations;
    this.#areBandsOn = decorations.areBandsOn;
    this.#coloured = decorations.colouredDocuments();
    this.#fromCursor = decorations.fromCursor;
    this.#choice = services.comparison.choice;
    this.#head = services.selection.head;
    this.#ablated = services.readings.ablated;
    this.#steering = services.readings.steering;
    if (this.#ablated.length > 0) services.readings.ablated = [];
    if (this.#steering) services.readings.steering = undefined;
    this.clear(undefined);
  }

  /** Takes away whatever is on. */
  static clear({ comparison }: Services, decorations: Decorations): void {
    decorations.clearAllButMarks();
    if (comparison.choice) comparison.stop();
  }

  /** Takes away what a step has turned on. @param document its text */
  clear(document: vscode.TextDocument | undefined): void {
    EditorBefore.clear(this.#services, this.#decorations);
    if (document) this.#services.chats.leave(document);
  }

  async restore(document: vscode.TextDocument | undefined): Promise<void> {
    const { comparison, selection, readings } = this.#services;
    this.clear(document);
    selection.head = this.#head;
    if (this.#ablated.length > 0) readings.ablated = this.#ablated;
    if (this.#steering) readings.steering = this.#steering;
    if (this.#choice) comparison.choose(this.#choice);
    if (!this.#hasInspector) await vscode.window.tabGroups.close(inspectorTabs());
    if (this.#areBandsOn) this.#decorations.showBands();
    for (const coloured of this.#coloured) {
      const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === coloured.uri);
      if (open) await this.#decorations.restoreHeat(open, coloured);
    }
  }

  /** Paints again what followed the cursor, once the texts of the lesson are closed: it is at the cursor of what is in front. */
  async paint(): Promise<void> {
    const painted = this.#fromCursor;
    if (!painted || painted.document.isClosed) return;
    const { document } = painted;
    const group = vscode.window.tabGroups.all.find(({ tabs }) => tabs.some((tab) => isOf(tab, document)));
    if (!group) return;
    await painted.paint(await vscode.window.showTextDocument(document, { viewColumn: group.viewColumn }));
  }
}

const isOf = ({ input }: vscode.Tab, { uri }: vscode.TextDocument) =>
  input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();

/** The editor knows the type of a page by a longer name. */
function inspectorTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('vitrine.inspector'));
}
