import type * as vscode from 'vscode';

/** Whether a file may be listed, a line a row. */
export const isJsonLines = ({ path }: vscode.Uri): boolean => /\.(jsonl|ndjson)$/i.test(path);
