import * as vscode from 'vscode';
import { currentTheme, type Theme } from './theme';

/** A place to decorate; with options where the decoration type alone does not say how. */
type RangeOrOptions = vscode.Range | vscode.DecorationOptions;

/** What is to be decorated in one editor, by the name of the decoration type. */
export class DecoratedRanges<Name> {
  readonly #ranges = new Map<Name, RangeOrOptions[]>();

  /** Of one type either all ranges have options of their own or none has: bare ranges cross to the editor as numbers. */
  add(name: Name, options: vscode.DecorationOptions): void {
    const range = options.renderOptions || options.hoverMessage ? options : options.range;
    const ranges = this.#ranges.get(name);
    if (ranges) ranges.push(range);
    else this.#ranges.set(name, [range]);
  }

  get(name: Name): readonly RangeOrOptions[] {
    return this.#ranges.get(name) ?? [];
  }
}

/** What an editor shows, and at which version of its document: an edit moves decorations with the text. */
interface Shown<Name> {
  version: number;
  ranges: DecoratedRanges<Name>;
}

const CLOSED = vscode.DecorationRangeBehavior.ClosedClosed;

/** Decoration types by name, made when first needed and gone when disposed of; then they can be made again. */
export class DecorationSet<Name extends string | number> {
  readonly #make: (theme: Theme) => Iterable<[Name, vscode.DecorationRenderOptions]>;
  #types: Map<Name, vscode.TextEditorDecorationType> | undefined;
  #shown = new WeakMap<vscode.TextEditor, Shown<Name>>();

  constructor(make: (theme: Theme) => Iterable<[Name, vscode.DecorationRenderOptions]>) {
    this.#make = make;
  }

  /** Decorates an editor: what is not in `ranges` is taken away. Only what differs from what is there is sent to the editor. */
  set(editor: vscode.TextEditor, ranges: DecoratedRanges<Name>): void {
    this.#types ??= new Map(
      Array.from(this.#make(currentTheme()), ([name, options]) => [
        name,
        // What is typed at a border is nobody's yet.
        vscode.window.createTextEditorDecorationType({ rangeBehavior: CLOSED, ...options }),
      ]),
    );
    const { version } = editor.document;
    const before = this.#shown.get(editor) ?? { version, ranges: new DecoratedRanges<Name>() };
    for (const [name, type] of this.#types) {
      const next = ranges.get(name);
      const last = before.ranges.get(name);
      const isThere = last.length === 0 ? next.length === 0 : before.version === version && areEqual(last, next);
      if (!isThere) editor.setDecorations(type, next as vscode.Range[] | vscode.DecorationOptions[]);
    }
    this.#shown.set(editor, { version, ranges });
  }

  /** Takes the decorations from one editor. */
  clear(editor: vscode.TextEditor): void {
    if (this.#types) this.set(editor, new DecoratedRanges());
  }

  /** Takes them from all editors, and lets go of the types. */
  dispose(): void {
    for (const type of this.#types?.values() ?? []) type.dispose();
    this.#types = undefined;
    this.#shown = new WeakMap();
  }
}

/** Ranges with options are taken for different: what they say is not compared. */
function areEqual(one: readonly RangeOrOptions[], other: readonly RangeOrOptions[]): boolean {
  return (
    one.length === other.length &&
    one.every((range, i) => {
      const match = other[i];
      return range instanceof vscode.Range && match instanceof vscode.Range && range.isEqual(match);
    })
  );
}
