import * as vscode from 'vscode';
import type { VitrineApi } from '../api/vitrine';
import { surprisalTool } from './surprisal';
import { tokenizeTool } from './tokenize';

/** The tools that a chat's language model may call. Some editors built on VS Code have none. */
export function registerLanguageModelTools(api: VitrineApi): vscode.Disposable {
  const registerTool = vscode.lm?.registerTool;
  if (!registerTool) return new vscode.Disposable(() => {});
  return vscode.Disposable.from(
    registerTool('vitrine_tokenize', tokenizeTool(api)),
    registerTool('vitrine_surprisal', surprisalTool(api)),
  );
}
