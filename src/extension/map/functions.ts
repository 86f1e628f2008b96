import type * as vscode from 'vscode';
import type { SymbolLines } from '../../workspace/map/symbol-sums';
import { lengthOf } from '../documents/spans';
import { symbolsIn } from '../inspector/symbols';

const KINDS = ['function', 'method', 'constructor', 'class'];

/** Functions, methods and classes of a document as the editor knows them: `Class.method`. */
export async function functionsIn(
  document: vscode.TextDocument,
): Promise<(SymbolLines & { isClass: boolean; offset: number })[]> {
  const symbols = await symbolsIn(document, { start: 0, end: lengthOf(document) });
  const around: string[] = [];
  const named = symbols.map((symbol) => {
    around.splice(symbol.depth, around.length, symbol.name);
    return { ...symbol, name: around.join('.') };
  });
  return named
    .filter(({ kind }) => KINDS.includes(kind))
    .map(({ name, kind, start, end }) => ({
      name,
      isClass: kind === 'class',
      offset: start,
      from: document.positionAt(start).line,
      to: document.positionAt(end).line + 1,
    }));
}
