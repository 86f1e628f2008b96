import * as vscode from 'vscode';
import { currentTheme, type Theme } from './theme';

/** A place to paint; with options where the brush alone does not say how. */
type Stroke = vscode.Range | vscode.DecorationOptions;

/** What is to be painted in one editor, and with which brush. */
export class Strokes<Name> {
  readonly #strokes = new Map<Name, Stroke[]>();

  /** With one brush either all strokes have options of their own or none has: bare ranges cross to the editor as numbers. */
  add(name: Name, options: vscode.DecorationOptions): void {
    const stroke = options.renderOptions ? options : options.range;
    const strokes = this.#strokes.get(name);
    if (strokes) strokes.push(stroke);
    else this.#strokes.set(name, [stroke]);
  }

  get(name: Name): readonly Stroke[] {
    return this.#strokes.get(name) ?? [];
  }
}

/** What an editor was painted with last, and at which version of its document: an edit moves the paint with the text. */
interface Painted<Name> {
  version: number;
  strokes: Strokes<Name>;
}

const CLOSED = vscode.DecorationRangeBehavior.ClosedClosed;

/** A set of decoration types, made when first painted with and gone when erased. */
export class Brushes<Name extends string | number> {
  readonly #make: (theme: Theme) => Iterable<[Name, vscode.DecorationRenderOptions]>;
  #types: Map<Name, vscode.TextEditorDecorationType> | undefined;
  #painted = new WeakMap<vscode.TextEditor, Painted<Name>>();

  constructor(make: (theme: Theme) => Iterable<[Name, vscode.DecorationRenderOptions]>) {
    this.#make = make;
  }

  /** Paints an editor: what is not in `strokes` is taken away. Only what differs from what is there is sent to the editor. */
  paint(editor: vscode.TextEditor, strokes: Strokes<Name>): void {
    this.#types ??= new Map(
      Array.from(this.#make(currentTheme()), ([name, options]) => [
        name,
        // What is typed at a border is nobody's yet.
        vscode.window.createTextEditorDecorationType({ rangeBehavior: CLOSED, ...options }),
      ]),
    );
    const { version } = editor.document;
    const before = this.#painted.get(editor) ?? { version, strokes: new Strokes<Name>() };
    for (const [name, type] of this.#types) {
      const next = strokes.get(name);
      const last = before.strokes.get(name);
      const isThere = last.length === 0 ? next.length === 0 : before.version === version && areEqual(last, next);
      if (!isThere) editor.setDecorations(type, next as vscode.Range[] | vscode.DecorationOptions[]);
    }
    this.#painted.set(editor, { version, strokes });
  }

  /** Takes the paint from one editor. */
  wipe(editor: vscode.TextEditor): void {
    if (this.#types) this.paint(editor, new Strokes());
  }

  /** Takes it from all, and lets go of the types. */
  erase(): void {
    for (const type of this.#types?.values() ?? []) type.dispose();
    this.#types = undefined;
    this.#painted = new WeakMap();
  }
}

/** Strokes with options are taken for different: what they say is not compared. */
function areEqual(one: readonly Stroke[], other: readonly Stroke[]): boolean {
  return (
    one.length === other.length &&
    one.every((stroke, i) => {
      const match = other[i];
      return stroke instanceof vscode.Range && match instanceof vscode.Range && stroke.isEqual(match);
    })
  );
}
