import * as vscode from 'vscode';
import { currentTheme, type Theme } from './theme';

/** What is to be painted in one editor, and with which brush. */
export class Strokes<Name> {
  readonly #strokes = new Map<Name, vscode.DecorationOptions[]>();

  add(name: Name, stroke: vscode.DecorationOptions): void {
    const strokes = this.#strokes.get(name);
    if (strokes) strokes.push(stroke);
    else this.#strokes.set(name, [stroke]);
  }

  get(name: Name): readonly vscode.DecorationOptions[] {
    return this.#strokes.get(name) ?? [];
  }
}

const CLOSED = vscode.DecorationRangeBehavior.ClosedClosed;

/** A set of decoration types, made when first painted with and gone when erased. */
export class Brushes<Name extends string | number> {
  readonly #make: (theme: Theme) => Iterable<[Name, vscode.DecorationRenderOptions]>;
  #types: Map<Name, vscode.TextEditorDecorationType> | undefined;

  constructor(make: (theme: Theme) => Iterable<[Name, vscode.DecorationRenderOptions]>) {
    this.#make = make;
  }

  /** Paints an editor anew: what is not in `strokes` is taken away. */
  paint(editor: vscode.TextEditor, strokes: Strokes<Name>): void {
    this.#types ??= new Map(
      Array.from(this.#make(currentTheme()), ([name, options]) => [
        name,
        // What is typed at a border is nobody's yet.
        vscode.window.createTextEditorDecorationType({ rangeBehavior: CLOSED, ...options }),
      ]),
    );
    for (const [name, type] of this.#types) editor.setDecorations(type, strokes.get(name));
  }

  /** Takes the paint from one editor. */
  wipe(editor: vscode.TextEditor): void {
    for (const type of this.#types?.values() ?? []) editor.setDecorations(type, []);
  }

  /** Takes it from all, and lets go of the types. */
  erase(): void {
    for (const type of this.#types?.values() ?? []) type.dispose();
    this.#types = undefined;
  }
}
