import * as vscode from 'vscode';
import type { ActiveText } from '../active-text';
import { Debounced } from '../debounced';
import type { Inspection } from './inspection';
import type { InspectorStateStore } from './inspector-state-store';
import { cursorOf, Target } from './target';

/** Who selects or types has paused then. */
const PAUSE_MS = 300;

/** UTF-16 units that are read without being asked for: about 3,000 tokens. */
const MOST_UNITS = 12_000;

/**
 * Has the inspector follow the editor while it is not pinned: it shows what is selected there, or else the text with the
 * cursor. Nothing is read before somebody has inspected a text, nor while nobody sees the inspector.
 */
export class Follower implements vscode.Disposable {
  readonly #store: InspectorStateStore;
  readonly #inspection: Inspection;
  readonly #activeText: ActiveText;
  readonly #isVisible: () => boolean;
  readonly #afterPause = new Debounced(() => this.#follow(), PAUSE_MS);
  readonly #subscriptions: vscode.Disposable[];
  /** Whether something has changed in the editor that the inspector has not followed. */
  #isBehind = false;

  constructor(store: InspectorStateStore, inspection: Inspection, activeText: ActiveText, isVisible: () => boolean) {
    this.#store = store;
    this.#inspection = inspection;
    this.#activeText = activeText;
    this.#isVisible = isVisible;
    this.#subscriptions = [
      this.#afterPause,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#changed(textEditor.document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#changed(editor.document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#changed(document)),
      store.onDidChange((changed) => ('isPinned' in changed || 'view' in changed) && this.catchUp()),
    ];
  }

  /** Somebody sees it again, or has let go of the pin. */
  catchUp(): void {
    if (this.#isBehind) this.#afterPause.request();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** Other documents change all the time, logs among them. */
  #changed(document: vscode.TextDocument): void {
    if (document !== this.#activeText.current?.document) return;
    this.#isBehind = true;
    this.#afterPause.request();
  }

  async #follow(): Promise<void> {
    const { isPinned, view, subject, reading } = this.#store.state;
    const { target } = this.#inspection;
    const editor = this.#activeText.current;
    // What Compare shows comes from nowhere in the editor.
    if (!target || !editor || isPinned || view === 'compare' || !this.#isVisible()) return;
    this.#isBehind = false;
    if (reading.kind !== 'waiting' && target.covers(editor) && this.#isRead(editor)) {
      if (!subject || subject.stale) await this.#show(target, cursorOf(editor));
    } else {
      const next = view === 'continue' ? Target.toCursor(editor) : Target.of(editor);
      await this.#show(next, cursorOf(editor));
    }
  }

  /** What lies within the text that was read is there; what takes long to read waits until somebody asks for it. */
  async #show(target: Target, select: number | undefined): Promise<void> {
    if (this.#inspection.showWithin(target, select)) return;
    if (this.#inspection.unreadIn(target) > MOST_UNITS) this.#inspection.postpone(target, select);
    else await this.#inspection.readOn(target, select);
  }

  /** Of a long text the model has read the end only. */
  #isRead(editor: vscode.TextEditor): boolean {
    const { subject } = this.#store.state;
    const cursor = cursorOf(editor);
    return cursor === undefined || !subject || subject.stale || cursor >= this.#inspection.start;
  }
}
