import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import type { AnalysisPart } from '../analysis/analysis';

export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

export function spanOf(document: vscode.TextDocument, { start, end }: vscode.Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

export function spanOfToken({ starts, ends }: AnalysisPart, index: number): Span {
  return { start: starts[index] ?? 0, end: ends[index] ?? 0 };
}
