import * as vscode from 'vscode';
import { formatCount, formatDecimal, formatQuantity } from '../../display/numbers';
import type { Span } from '../../shared/tokens';
import { inSlices } from '../../tokenizer';
import { countSelected } from '../documents/selected-tokens';
import { selectedSpans } from '../documents/spans';
import { countCharacters } from '../documents/tokens-in-spans';
import type { Services } from '../services';
import { tokenizerName } from '../tokenizer-name';

/** Tells how many tokens the selections, or the document, have. */
export async function countTokens({ documents, tokens: source, readings, activeText }: Services): Promise<void> {
  const editor = activeText.get();
  const { document } = editor;
  const tracked = await documents.track(document);
  const spans = selectedSpans(editor);
  const textIn = (span: Span) => textOf(document, span);
  const count = await inSlices(countSelected(tracked, spans, readings.mode, textIn));
  const characters = await inSlices(countCharacters(textIn, spans));
  const { t } = vscode.l10n;
  const counts = [
    formatQuantity(count, 'token'),
    characters === 1 ? t('1 character') : t('{0} characters', formatCount(characters)),
  ];
  if (count > 0) counts.push(t('{0} characters a token', formatDecimal(characters / count)));
  const sentence = `${tokenizerName(source.model)}: ${counts.join(', ')}`;
  const copy = t('Copy Tokens As…');
  if ((await vscode.window.showInformationMessage(sentence, copy)) === copy) {
    await vscode.commands.executeCommand('vitrine.copyTokensAs');
  }
}

function textOf(document: vscode.TextDocument, { start, end }: Span): string {
  return document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}
