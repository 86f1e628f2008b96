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
  const languages = languagesOf(host);
  // Where a model does not say its languages, nobody knows.
  if (languages.length === 0 || languages.includes('es')) return;
  // Loads what knows the hub only where it may be wanted.
  const { cachedChoices } = await import('../../hub/cached');
  const isHere = (await cachedChoices(modelNameOf(spanishModel.repository))).length > 0;
  const get = isHere ? t('Use {0}', spanishModel.name) : t('Get {0}', spanishModel.name);
  const [right, wrong] = SPANISH_ORDER.map((sentence) => sentence.replace(/\.$/, '')) as [string, string];
  const offer = t(
    'The model was not made for Spanish: it finds “{0}” more probable than “{1}”. {2} has them in order.',
    wrong,
    right,
    spanishModel.name,
  );
  if ((await vscode.window.showInformationMessage(offer, get)) !== get) return;
  const { getModel } = await import('../get-model/get-model');
  if (await getModel(host, spanishModel.repository))
    await vscode.commands.executeCommand('vitrine.compareTexts', SPANISH_ORDER);
}

/** Of the model that is loaded, or else would be. */
function languagesOf({ model }: EngineHost): readonly string[] {
  if (model) return model.languages;
  return chosenModel().path === undefined ? defaultModel.languages : [];
}
