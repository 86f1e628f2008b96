import * as vscode from 'vscode';
import type { LengthsPage } from '../../datasets/lengths/lengths-page';
import { shortModelName, vocabularyName } from '../../display/names';
import type { LengthsHost, LengthsState } from '../../shared/lengths-page-api';
import { TIKTOKEN_NAMES } from '../../tokenizer';
import type { TokenSource } from '../documents/token-source';

/** The model's own vocabulary, and those that are known by name. */
export function vocabulariesOf({ model }: TokenSource): LengthsState['vocabularies'] {
  const own = model ? shortModelName(model.name) : vscode.l10n.t('Of the model in use');
  return [{ name: 'model', title: own }, ...TIKTOKEN_NAMES.map((name) => ({ name, title: vocabularyName(name) }))];
}

/** What the page of lengths may ask. */
export function lengthsHostOf(lengths: LengthsPage): LengthsHost {
  return {
    countTokens: () => lengths.count(),
    stopCounting: async () => lengths.stop(),
    chooseVocabulary: (name) => lengths.chooseVocabulary(name),
    setContext: async (tokens) => lengths.setContext(tokens),
  };
}
