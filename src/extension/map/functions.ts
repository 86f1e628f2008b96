import type * as vscode from 'vscode';
import type { SymbolSpan } from '../../shared/inspector-api';
import type { SymbolLines } from '../../workspace/map/symbol-sums';
import { lengthOf } from '../documents/spans';
import { symbolsIn } from '../inspector/symbols';

const KINDS = ['function', 'method', 'constructor', 'class'];

/** Functions, methods and classes of a document as the editor knows them: `Class.method`. What is in a function is part of it. */
export async function functionsIn(document: vscode.TextDocument): Promise<(SymbolLines & { isClass: boolean })[]> {
  const symbols = await symbolsIn(document, { start: 0, end: lengthOf(document) });
  const around: string[] = [];
  const named = symbols.map((symbol) => {
    around.splice(symbol.depth, around.length, symbol.name);
    return { ...symbol, name: around.join('.') };
  });
  const own = named.filter(({ kind }) => KINDS.includes(kind));
  const isWithin = (symbol: SymbolSpan, other: SymbolSpan) =>
    other.kind !== 'class' && other.depth < symbol.depth && other.start <= symbol.start && symbol.end <= other.end;
  return own
    .filter((symbol) => !own.some((other) => isWithin(symbol, other)))
    .map(({ name, kind, start, end }) => ({
      name,
      isClass: kind === 'class',
      from: document.positionAt(start).line,
      to: document.positionAt(end).line + 1,
    }));
}
