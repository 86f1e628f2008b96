import * as vscode from 'vscode';
import { defaultModel } from '../../../models/catalogue';
import { spanishModel } from '../../../models/starting-points';
import { modelNameOf } from '../../hub/names';
import type { EngineHost } from '../engine/engine-host';
import { chosenModel } from '../found-models/chosen-model';
import { SPANISH_ORDER } from './spanish-order';

/** Offers a model that knows Spanish where the one in use was made for other languages, and shows what it makes of the example. */
export async function offerSpanish(host: EngineHost): Promise<void> {
  const { t } = vscode.l10n;
  if (!lacksSpanish(host)) return;
  const get = await getSpanishLabel();
  const [right, wrong] = SPANISH_ORDER.map((sentence) => sentence.replace(/\.$/, '')) as [string, string];
  const offer = t(
    'The model was not made for Spanish: it finds “{0}” more probable than “{1}”. {2} has them in order.',
    wrong,
    right,
    spanishModel.name,
  );
  if ((await vscode.window.showInformationMessage(offer, get)) !== get) return;
  if (await getSpanish(host)) await vscode.commands.executeCommand('vitrine.compareTexts', SPANISH_ORDER);
}

/** Whether the model in use says for which languages it was made, and Spanish is none of them. */
export function lacksSpanish(host: EngineHost): boolean {
  const languages = languagesOf(host);
  return languages.length > 0 && !languages.includes('es');
}

/** What the button says that gets a model which knows Spanish. */
export async function getSpanishLabel(): Promise<string> {
  const { t } = vscode.l10n;
  // Loads what knows the hub only where it may be wanted.
  const { cachedChoices } = await import('../../hub/cached');
  const isHere = (await cachedChoices(modelNameOf(spanishModel.repository))).length > 0;
  return isHere ? t('Use {0}', spanishModel.name) : t('Get {0}', spanishModel.name);
}

/** @returns whether it is in use now */
export async function getSpanish(host: EngineHost): Promise<boolean> {
  const { getModel } = await import('../get-model/get-model');
  return getModel(host, spanishModel.repository);
}

/** Of the model that is loaded, or else would be. */
function languagesOf({ model }: EngineHost): readonly string[] {
  if (model) return model.languages;
  return chosenModel().path === undefined ? defaultModel.languages : [];
}
