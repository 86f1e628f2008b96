import * as vscode from 'vscode';
import { formatQuantity } from '../../display/numbers';
import type { Span } from '../../shared/tokens';
import { inSlices } from '../../tokenizer';
import { selectedChats, selectedTokens as selectedChatTokens } from '../chat/selected-chats';
import { textOf } from '../documents/document-text';
import { selectedTokens } from '../documents/selected-tokens';
import { selectedSpans } from '../documents/spans';
import type { SpannedTokens } from '../documents/tokens-in-spans';
import type { Services } from '../services';
import { type CopiedToken, formatTokens, TOKEN_FORMATS, type TokenFormat } from './token-formats';

/** Copies the tokens of the selections, or of the document, in a form that a person chooses; of a chat its conversation's. */
export async function copyTokens(services: Services): Promise<void> {
  const editor = services.activeText.get();
  const { t } = vscode.l10n;
  const items = TOKEN_FORMATS.map((format) => ({ format, ...describe(format) }));
  const chosen = await vscode.window.showQuickPick(items, { title: t('Copy the tokens as') });
  if (!chosen) return;
  const isChat = services.chats.isApart(editor.document);
  const { text, found } = await (isChat ? ofConversations(services, editor) : ofDocument(services, editor));
  await vscode.env.clipboard.writeText(await inSlices(formatTokens(copied(text, found), chosen.format)));
  void vscode.window.setStatusBarMessage(t('Copied {0}', formatQuantity(found.ids.length, 'token')), 3000);
}

/** Tokens, and the text in which they stand. */
interface FoundTokens {
  text: string;
  found: SpannedTokens;
}

async function ofDocument({ documents, readings }: Services, editor: vscode.TextEditor): Promise<FoundTokens> {
  const tracked = await documents.track(editor.document);
  const text = await inSlices(textOf(editor.document));
  const textIn = ({ start, end }: Span) => text.slice(start, end);
  return { text, found: await inSlices(selectedTokens(tracked, selectedSpans(editor), readings.mode, textIn)) };
}

/** Of the prompts one after another, in which the tokens have their places. */
async function ofConversations(services: Services, editor: vscode.TextEditor): Promise<FoundTokens> {
  const tokenizer = await services.tokens.current();
  const { texts, spans } = await selectedChats(services, editor);
  const found: SpannedTokens = { ids: [], starts: [], ends: [] };
  let text = '';
  for (const chat of texts) {
    const tokens = services.chatTokens.of(chat, tokenizer);
    for (const token of selectedChatTokens(chat, tokens, spans)) {
      found.ids.push(tokens.ids[token] ?? 0);
      found.starts.push(text.length + (tokens.starts[token] ?? 0));
      found.ends.push(text.length + (tokens.ends[token] ?? 0));
    }
    text += chat.text;
  }
  return { text, found };
}

function describe(format: TokenFormat): { label: string; description: string } {
  const { t } = vscode.l10n;
  switch (format) {
    case 'ids':
      return { label: t('Ids'), description: '504, 11543, …' };
    case 'json':
      return { label: 'JSON', description: '[{"id":504,"text":"The","start":0,"end":3}, …]' };
    case 'csv':
      return { label: 'CSV', description: 'id, text, start, end' };
    case 'text':
      return { label: t('Text with boundaries'), description: 'The│ mouse│ …' };
  }
}

function* copied(text: string, { ids, starts, ends }: SpannedTokens): Generator<CopiedToken> {
  for (const [i, id] of ids.entries()) {
    const [start = 0, end = 0] = [starts[i], ends[i]];
    yield { id, text: text.slice(start, end), start, end };
  }
}
