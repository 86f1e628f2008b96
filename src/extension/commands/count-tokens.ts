import * as vscode from 'vscode';
import { OPENAI_CHAT_VOCABULARIES } from '../../chat/count-openai';
import { MODEL_VOCABULARY, shortModelName, vocabularyName } from '../../display/names';
import { formatCount, formatDecimal, formatQuantity } from '../../display/numbers';
import type { Span } from '../../shared/tokens';
import { inSlices } from '../../tokenizer';
import { chatCountText } from '../chat/chat-count-text';
import { countChats } from '../chat/chat-counts';
import { selectedChats } from '../chat/selected-chats';
import { countSelected } from '../documents/selected-tokens';
import { selectedSpans } from '../documents/spans';
import { countCharacters } from '../documents/tokens-in-spans';
import { withLateNotice } from '../late-notice';
import type { Services } from '../services';
import { settings } from '../settings';
import { tokenizerName } from '../tokenizer-name';

/** Tells how many tokens the selections, or the document, have; of a text that is read as a chat its conversations. */
export async function countTokens(services: Services): Promise<void> {
  const editor = services.activeText.get();
  const isChat = services.chats.isApart(editor.document);
  const sentence = await (isChat ? countedConversations(services, editor) : documentText(services, editor));
  const copy = vscode.l10n.t('Copy Tokens As…');
  if ((await vscode.window.showInformationMessage(sentence, copy)) === copy) {
    await vscode.commands.executeCommand('vitrine.copyTokensAs');
  }
}

async function documentText(
  { documents, tokens: source, readings }: Services,
  editor: vscode.TextEditor,
): Promise<string> {
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
  return `${tokenizerName(source.model)}: ${counts.join(', ')}`;
}

/** There may be very many conversations, and vocabularies are loaded first. */
async function countedConversations(services: Services, editor: vscode.TextEditor): Promise<string> {
  const source = new vscode.CancellationTokenSource();
  const title = vscode.l10n.t('Counting the tokens of the conversations');
  try {
    return await withLateNotice(conversationsText(services, editor, source.token), {
      title,
      cancel: () => source.cancel(),
    });
  } finally {
    source.dispose();
  }
}

/** In the vocabulary in use, in the model's own and in those of OpenAI's that read chats. */
async function conversationsText(
  services: Services,
  editor: vscode.TextEditor,
  token: vscode.CancellationToken,
): Promise<string> {
  const selected = await selectedChats(services, editor, token);
  const names = new Set([settings.tokenizer(), MODEL_VOCABULARY, ...OPENAI_CHAT_VOCABULARIES]);
  const [own, published]: [string[], string[]] = [[], []];
  for (const name of names) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    const counts = await countChats(services, selected, name);
    const { model } = services.tokens;
    const title = name === MODEL_VOCABULARY ? shortModelName(model?.name ?? '') : vocabularyName(name);
    const texts = counts.some(({ isPublished }) => isPublished) ? published : own;
    texts.push(`${title}: ${chatCountText(counts, vscode.l10n.t)}`);
  }
  const texts = own.join('; ');
  if (published.length === 0) return texts;
  return vscode.l10n.t('{0}. With what messages add as OpenAI publishes it, {1}', texts, published.join('; '));
}

function textOf(document: vscode.TextDocument, { start, end }: Span): string {
  return document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}
