import * as vscode from 'vscode';
import { isSameHead } from '../../shared/head-address';
import type { Decorations } from '../decorations/decorations';
import { type FoundToken, readTokensAt, trackedTokensAt } from '../hover/found-token';
import type { Services } from '../services';
import type { VitrineSelection } from './vitrine';

/** The token at the cursor and the chosen head, for other extensions to follow. */
export class SelectedToken implements vscode.Disposable {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #changed = new vscode.EventEmitter<VitrineSelection>();
  readonly #subscriptions: vscode.Disposable[];
  #latest: VitrineSelection | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(services: Services, decorations: Decorations) {
    this.#services = services;
    this.#decorations = decorations;
    const { selection, readings, documents } = services;
    const update = () => this.#update();
    this.#subscriptions = [
      vscode.window.onDidChangeTextEditorSelection(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      selection.onDidChange(update),
      readings.onDidChange(update),
      documents.onDidSettle(update),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#changed).dispose();
  }

  #update(): void {
    const editor = vscode.window.activeTextEditor;
    const selected = editor && this.#selectedIn(editor);
    if (!selected || isSame(selected, this.#latest)) return;
    this.#latest = selected;
    this.#changed.fire(selected);
  }

  #selectedIn({ document, selection }: vscode.TextEditor): VitrineSelection | undefined {
    const found = this.#tokenAt(document, document.offsetAt(selection.active));
    if (!found) return undefined;
    const { id, start, end } = found;
    return { uri: document.uri, token: { id, start, end }, head: this.#services.selection.head };
  }

  /** Undefined where the tokens are not known, or no longer those of the text. */
  #tokenAt(document: vscode.TextDocument, offset: number): FoundToken | undefined {
    const known = this.#decorations.readingOf(document);
    if (known && !known.stale) return readTokensAt(known.reading, offset)[0];
    const tracked = this.#services.documents.get(document);
    return tracked?.settled ? trackedTokensAt(tracked, offset)[0] : undefined;
  }
}

function isSame(one: VitrineSelection, other: VitrineSelection | undefined): boolean {
  return (
    one.uri.toString() === other?.uri.toString() &&
    one.token.start === other.token.start &&
    one.token.id === other.token.id &&
    isSameHead(one.head, other.head)
  );
}
