import * as vscode from 'vscode';
import type { DocumentSource } from '../../datasets/documents/document-source';
import type { LengthsPage } from '../../datasets/lengths/lengths-page';
import { chatCounter, type TokenCounter, textCounter } from '../../datasets/lengths/token-counter';
import { shortModelName, vocabularyName } from '../../display/names';
import type { LengthsHost, LengthsState } from '../../shared/lengths-page-api';
import { TIKTOKEN_NAMES } from '../../tokenizer';
import type { ChatTemplates } from '../chat/chat-templates';
import type { TokenSource } from '../documents/token-source';

/** As the setting of the vocabulary calls the model's own. */
const MODEL = 'model';

/** That of the model in use. */
export function modelVocabulary({ model }: TokenSource): LengthsState['vocabularies'][number] {
  return { name: MODEL, title: model ? shortModelName(model.name) : vscode.l10n.t('Of the model in use') };
}

/** The model's own vocabulary, and those that are known by name. */
export function vocabulariesOf(tokens: TokenSource): LengthsState['vocabularies'] {
  return [modelVocabulary(tokens), ...TIKTOKEN_NAMES.map((name) => ({ name, title: vocabularyName(name) }))];
}

/** Conversations are counted as the model in use reads them, where it was made for chats. */
export async function counterOf(
  { tokens, templates }: { tokens: TokenSource; templates: ChatTemplates },
  vocabulary: string,
  source: DocumentSource,
): Promise<TokenCounter> {
  const tokenizer = await tokens.named(vocabulary);
  const isChat = source.holds === 'conversations' && vocabulary === MODEL;
  const template = isChat ? await templates.currentIfAny() : undefined;
  return template ? chatCounter(source, tokenizer, template) : textCounter(tokenizer);
}

/** What the page of lengths may ask. */
export function lengthsHostOf(lengths: LengthsPage): LengthsHost {
  return {
    countTokens: () => lengths.count(),
    stopCounting: async () => lengths.stop(),
    chooseVocabulary: (name) => lengths.chooseVocabulary(name),
    choosePart: (part) => lengths.choosePart(part),
    setContext: async (tokens) => lengths.setContext(tokens),
  };
}
