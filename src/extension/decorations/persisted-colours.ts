import * as v from 'valibot';
import * as vscode from 'vscode';
import { Debounced } from '../debounced';
import { showError } from '../show-error';
import { type ColouredDocument, colouredDocument } from './coloured-document';
import type { Decorations } from './decorations';

const KEY = 'vitrine.coloured';
const PAUSE_MS = 200;

const savedColours = v.object({ bands: v.boolean(), documents: v.array(colouredDocument) });
type SavedColours = v.InferOutput<typeof savedColours>;

/** Remembers what is coloured, and colours it again in a window that is loaded again: each text when it is seen. */
export class PersistedColours implements vscode.Disposable {
  readonly #decorations: Decorations;
  readonly #memento: vscode.Memento;
  readonly #write = new Debounced(() => this.#save(), PAUSE_MS);
  readonly #subscriptions: vscode.Disposable;
  /** Those that nobody has seen yet in this window, by their addresses. */
  readonly #waiting: Map<string, ColouredDocument>;

  constructor(decorations: Decorations, memento: vscode.Memento) {
    this.#decorations = decorations;
    this.#memento = memento;
    const { output, success } = v.safeParse(savedColours, memento.get(KEY));
    this.#waiting = new Map(success ? output.documents.map((document) => [document.uri, document]) : []);
    this.#subscriptions = vscode.Disposable.from(
      this.#write,
      this.#write.requestOn(decorations.onDidChange),
      // What is selected moves with the text.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (decorations.isColoured(document)) this.#write.request();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#restoreSeen()),
    );
    if (success && output.bands && !decorations.areBandsOn) decorations.showBands();
    this.#restoreSeen();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #restoreSeen(): void {
    for (const { document } of vscode.window.visibleTextEditors) {
      const saved = this.#waiting.get(document.uri.toString());
      if (!saved) continue;
      this.#waiting.delete(saved.uri);
      if (!this.#decorations.isColoured(document)) this.#decorations.restoreHeat(document, saved).catch(showError);
    }
  }

  async #save(): Promise<void> {
    const open = new Set(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap(({ input }) => addressOf(input)),
    );
    const waiting = [...this.#waiting.values()].filter(({ uri }) => open.has(uri));
    const documents = [...this.#decorations.colouredDocuments(), ...waiting];
    await this.#memento.update(KEY, { bands: this.#decorations.areBandsOn, documents } satisfies SavedColours);
  }
}

function addressOf(input: unknown): string[] {
  return input instanceof vscode.TabInputText ? [input.uri.toString()] : [];
}
