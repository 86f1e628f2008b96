import * as vscode from 'vscode';
import { vocabularyName } from '../../display/names';
import { formatCount } from '../../display/numbers';
import { sentence, VitrineError } from '../../shared/errors';
import { packagedProvidersOf } from '../../shared/packaged-providers';
import type { Provider } from '../../shared/request-fields';
import { TIKTOKEN_NAMES, type TiktokenName } from '../../tokenizer';
import type { Services } from '../services';
import { changeSetting, settings } from '../settings';

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

/** Lets a person choose what the model runs on, of what there is for this platform, and loads it there. What does not work here is not kept. */
export async function chooseProvider({ host, server }: Services): Promise<void> {
  if (server.current) {
    throw new VitrineError(
      'capability.absent',
      sentence`The model in use runs on ${server.current.host}, which decides what computes it. This is chosen for models on this machine.`,
    );
  }
  const before = settings.provider();
  const providers = ['auto', ...packagedProvidersOf(`${process.platform}-${process.arch}`)] as const;
  const items = providers.map((name) => ({ name, label: name, description: explain(name) }));
  const chosen = await vscode.window.showQuickPick(markCurrent(items, before), {
    title: vscode.l10n.t('Choose what the model runs on'),
  });
  if (!chosen) return;
  await changeSetting('provider', chosen.name);
  try {
    await host.use();
  } catch (error) {
    await changeSetting('provider', before);
    throw error;
  }
}

function explain(provider: Provider): string {
  const { t } = vscode.l10n;
  switch (provider) {
    case 'auto':
      return t('begins on the CPU and moves to a GPU that proved faster on this machine');
    case 'cpu':
      return t('the processor: always there, the reference for all others');
    case 'webgpu':
      return t('a GPU of any maker, on Windows, macOS and Linux');
    case 'cuda':
      return t('an NVIDIA GPU, on Linux; needs libraries of its own');
    case 'coreml':
      return t("Apple's own, on a Mac");
    case 'dml':
      return t('DirectML: a GPU of any maker, on Windows');
  }
}

/** Marks the item that is in use. */
function markCurrent<T extends { name: string; label: string }>(items: readonly T[], current: string): T[] {
  return items.map((item) => ({ ...item, label: item.name === current ? `$(check) ${item.label}` : item.label }));
}
