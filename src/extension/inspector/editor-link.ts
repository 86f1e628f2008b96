import * as vscode from 'vscode';
import { isSameHead } from '../../shared/head-address';
import type { Selected } from '../../shared/inspector-api';
import { rangeOf } from '../documents/spans';
import type { SelectedHead } from '../selected-head';
import type { Inspection } from './inspection';
import type { InspectorStateStore } from './inspector-state-store';
import { tokenAt } from './subject';
import { cursorOf } from './target';

/**
 * Ties what is selected in the views to the editor: the token at its cursor, and the head whose attention it paints. A token
 * that a view selects is lit up there; cursor and selection are the person's.
 */
export class EditorLink implements vscode.Disposable {
  readonly #store: InspectorStateStore;
  readonly #inspection: Inspection;
  readonly #selection: SelectedHead;
  readonly #preview = tokenMark();
  readonly #chosen = tokenMark();
  /** The token that a view has selected; undefined where the cursor, or nobody, has selected one. */
  #chosenToken: number | undefined;
  readonly #subscriptions: vscode.Disposable[];

  constructor(store: InspectorStateStore, inspection: Inspection, selection: SelectedHead) {
    this.#store = store;
    this.#inspection = inspection;
    this.#selection = selection;
    this.#subscriptions = [
      this.#preview,
      this.#chosen,
      selection.onDidChange(() => this.#headChosen()),
      // What was under the pointer is there no more.
      store.onDidChange((changed) => ('view' in changed || 'subject' in changed) && this.preview(undefined)),
      store.onDidChange((changed) => ('selected' in changed || 'subject' in changed) && this.#markChosen()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#markChosen()),
      vscode.window.onDidChangeTextEditorSelection((event) => this.#cursorMoved(event)),
    ];
    this.#headChosen();
  }

  /** A view has selected something, or let go of it. */
  select(selected: Partial<Selected>): void {
    const before = this.#store.state.selected;
    const now = { ...before, ...selected };
    if ('token' in selected) this.#chosenToken = now.token;
    this.#store.change({ selected: now });
    const { layer, head } = now;
    if (layer !== undefined && head !== undefined && !isSameHead(now, before)) {
      this.#selection.head = { layer, head };
    }
    if (now.token !== undefined && 'token' in selected) this.#reveal(now.token);
  }

  /** Lights a token up in the editor. */
  preview(token: number | undefined): void {
    this.#mark(this.#preview, token);
  }

  /** The token that covers an offset of the document; undefined where it was not read, or has been edited since. */
  tokenAt(offset: number): number | undefined {
    const { subject } = this.#store.state;
    return subject?.read && !subject.stale ? tokenAt(subject.read, offset - this.#inspection.start) : undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** The mean of all heads, which the editor can paint, is none of them: views stay where they are. */
  #headChosen(): void {
    const { head } = this.#selection;
    const { selected } = this.#store.state;
    if (!head || isSameHead(head, selected)) return;
    this.#store.change({ selected: { ...selected, ...head } });
  }

  /** It stays lit up until another one is selected, by whomever. */
  #markChosen(): void {
    if (this.#store.state.selected.token !== this.#chosenToken) this.#chosenToken = undefined;
    this.#mark(this.#chosen, this.#chosenToken);
  }

  /** Marks a token, or none, in all editors: one may still show the mark of a text that was inspected before. */
  #mark(mark: vscode.TextEditorDecorationType, token: number | undefined): void {
    const range = token === undefined ? undefined : this.#rangeOf(token);
    const editors = this.#editors();
    for (const editor of vscode.window.visibleTextEditors)
      editor.setDecorations(mark, range && editors.includes(editor) ? [range] : []);
  }

  #reveal(token: number): void {
    const range = this.#rangeOf(token);
    const [editor] = this.#editors();
    if (range && editor) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  #cursorMoved({ textEditor }: vscode.TextEditorSelectionChangeEvent): void {
    const { subject, selected } = this.#store.state;
    const cursor = cursorOf(textEditor);
    if (textEditor.document !== this.#inspection.target?.document || !subject?.read || subject.stale) return;
    if (cursor === undefined) return;
    const offset = cursor - this.#inspection.start;
    // Of tokens that share a character, the one that a view has selected stays so.
    if (selected.token !== undefined && contains(subject.read, selected.token, offset)) return;
    const token = tokenAt(subject.read, offset);
    if (token !== undefined) this.#store.change({ selected: { ...selected, token } });
  }

  #rangeOf(token: number): vscode.Range | undefined {
    const { subject } = this.#store.state;
    const { target, start } = this.#inspection;
    const from = subject?.read?.starts[token];
    const to = subject?.read?.ends[token];
    if (!target || from === undefined || to === undefined || subject?.stale) return undefined;
    return rangeOf(target.document, { start: start + from, end: start + to });
  }

  #editors(): vscode.TextEditor[] {
    const document = this.#inspection.target?.document;
    return vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  }
}

/** What lights a token up. */
function tokenMark(): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'),
    outline: '1px solid',
    outlineColor: new vscode.ThemeColor('focusBorder'),
  });
}

function contains(
  { starts, ends }: { starts: Uint32Array; ends: Uint32Array },
  token: number,
  offset: number,
): boolean {
  return (starts[token] ?? 0) <= offset && offset < (ends[token] ?? 0);
}
