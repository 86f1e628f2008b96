import * as vscode from 'vscode';
import type { SymbolSpan } from '../../shared/inspector-api';
import type { Span } from '../../shared/tokens';
import { spanOf } from '../documents/spans';

/** Functions, classes and what else the editor knows in a part of a document, in offsets of that part; the outer ones first. */
export async function symbolsIn(document: vscode.TextDocument, part: Span): Promise<SymbolSpan[]> {
  const symbols: (vscode.DocumentSymbol | vscode.SymbolInformation)[] =
    (await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri)) ?? [];
  return symbols
    .flatMap((symbol) => flat(document, symbol, 0))
    .filter(({ start, end }) => start >= part.start && end <= part.end)
    .map((symbol) => ({ ...symbol, start: symbol.start - part.start, end: symbol.end - part.start }));
}

function flat(
  document: vscode.TextDocument,
  symbol: vscode.DocumentSymbol | vscode.SymbolInformation,
  depth: number,
): SymbolSpan[] {
  const range = 'range' in symbol ? symbol.range : symbol.location.range;
  const kind = vscode.SymbolKind[symbol.kind].toLowerCase();
  const children = 'children' in symbol ? symbol.children : [];
  return [
    { name: symbol.name, kind, depth, ...spanOf(document, range) },
    ...children.flatMap((child) => flat(document, child, depth + 1)),
  ];
}
