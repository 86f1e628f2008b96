import * as vscode from 'vscode';
import { formatCount, formatDecimal, formatQuantity } from '../../shared/numbers';
import type { Span } from '../../shared/tokens';
import { inSlices } from '../../tokenizer';
import { selectedSpans } from '../documents/selected-spans';
import { countTokensIn } from '../documents/tokens-in-spans';
import type { Services } from '../extension';
import { tokenizerName } from '../tokenizer-name';
import { countCharacters } from './count-characters';

/** Tells how many tokens the selections, or the document, have. */
export async function countTokens({ documents, host }: Services): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document } = editor;
  const { tokens } = await documents.track(document);
  const spans = selectedSpans(editor);
  const count = await inSlices(countTokensIn(tokens, spans));
  const characters = await inSlices(countCharacters((span) => textOf(document, span), spans));
  const { t } = vscode.l10n;
  const sentence = t(
    '{0}: {1}, {2} characters, {3} characters a token',
    tokenizerName(host.model),
    formatQuantity(count, 'token'),
    formatCount(characters),
    formatDecimal(count > 0 ? characters / count : 0),
  );
  const copy = t('Copy Tokens As…');
  if ((await vscode.window.showInformationMessage(sentence, copy)) === copy) {
    await vscode.commands.executeCommand('vitrine.copyTokensAs');
  }
}

function textOf(document: vscode.TextDocument, { start, end }: Span): string {
  return document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}
