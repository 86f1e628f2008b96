import * as vscode from 'vscode';
import { vocabularyName } from '../../display/names';
import { formatCount } from '../../display/numbers';
import { TIKTOKEN_NAMES, type TiktokenName } from '../../tokenizer';
import { changeSetting, settings } from '../settings';
import { markCurrent } from './mark-current';

/** Lets a person choose the vocabulary of bands, counts and the token list. */
export async function chooseTokenizer(): Promise<void> {
  const { t } = vscode.l10n;
  const items = [
    { name: 'model', label: t("The model's own"), description: t('what the model reads') },
    ...TIKTOKEN_NAMES.map((name) => ({ name, label: vocabularyName(name), description: `${name} · ${usersOf(name)}` })),
  ];
  const chosen = await vscode.window.showQuickPick(markCurrent(items, settings.tokenizer()), {
    title: t('Choose the vocabulary of bands, counts and the token list'),
    matchOnDescription: true,
    placeHolder: t("Probabilities and attention always use the model's own"),
  });
  if (chosen) await changeSetting('tokenizer', chosen.name);
}

/** Who reads with a vocabulary: https://github.com/openai/tiktoken/blob/main/tiktoken/model.py */
function usersOf(name: TiktokenName): string {
  const { t } = vscode.l10n;
  switch (name) {
    case 'gpt2':
      return t('GPT-2: {0} tokens, numbers in any groups', formatCount(50257));
    case 'r50k_base':
      return t("GPT-3's first models: the vocabulary of GPT-2");
    case 'p50k_base':
      return t('Codex: GPT-2 with tokens for runs of spaces');
    case 'cl100k_base':
      return t('GPT-3.5 and GPT-4: {0} tokens, numbers in groups of three', formatCount(100_000));
    case 'o200k_base':
      return t('GPT-4o and later: {0} tokens, more languages', formatCount(200_000));
  }
}
