import * as v from 'valibot';
import * as vscode from 'vscode';
import type { VitrineApi } from '../api/vitrine';
import { tool } from './tool';

const input = v.object({ text: v.string(), tokenizer: v.optional(v.string(), 'model') });

/** Answers `{ count, tokens: [{ id, text }] }`. */
export function tokenizeTool(api: VitrineApi): vscode.LanguageModelTool<unknown> {
  return tool(input, vscode.l10n.t('Cutting the text into tokens'), async ({ text, tokenizer }) => {
    const tokens = await api.tokenize(text, tokenizer);
    return { count: tokens.length, tokens: tokens.map(({ id, text }) => ({ id, text })) };
  });
}
