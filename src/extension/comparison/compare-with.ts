import { basename } from 'node:path';
import * as vscode from 'vscode';
import { COMPARED_FORMS, type ComparedForm } from '../../shared/comparisons';
import { pickModel } from '../commands/pick-model';
import { modelOfSetting } from '../found-models/chosen-model';
import type { Services } from '../services';
import { settings } from '../settings';
import { headsOff, steered } from '../status/model-changes';
import { checkChoice } from './check-choice';
import { type ComparedChoice, isOfWeights } from './choice';
import { rememberedChoice } from './remembered-choice';

type Item = vscode.QuickPickItem & { choose?: () => Promise<ComparedChoice | undefined> };

/**
 * Asks a person what to hold the text against.
 *
 * @param memento of the window
 * @returns whether something was chosen
 * @throws VitrineError where that cannot be compared: what was compared before stays
 */
export async function compareWith(
  { comparison, readings, server }: Services,
  memento: vscode.Memento,
): Promise<boolean> {
  // Of a model on a server there are no weights to be had.
  const hasWeights = server.current === undefined;
  const items = [
    ...lastOf(memento, hasWeights),
    ...otherModels(server),
    ...(hasWeights ? [...adapters(), ...otherWeights()] : []),
    ...otherWays(readings, hasWeights),
    ...(comparison.choice ? stopping() : []),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Compare the model in use with…'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.label === stopping()[0]?.label) comparison.stop();
  const choice = await chosen?.choose?.();
  if (!choice) return false;
  await checkChoice(choice);
  comparison.choose(choice);
  return true;
}

const as = (choice: ComparedChoice) => async () => choice;

function lastOf(memento: vscode.Memento, hasWeights: boolean): Item[] {
  const last = rememberedChoice(memento);
  if (!last || (isOfWeights(last) && !hasWeights)) return [];
  return [{ label: `$(history) ${describe(last)}`, description: vscode.l10n.t('as last time'), choose: as(last) }];
}

/** A choice in a few words. */
function describe(choice: ComparedChoice): string {
  const { t } = vscode.l10n;
  switch (choice.kind) {
    case 'model':
      return choice.setting === '' ? 'SmolLM2-135M-Instruct' : basename(choice.setting);
    case 'server':
      return choice.label;
    case 'adapter':
      return t('With the adapter {0}', basename(choice.path));
    case 'weights':
      return weightsLabel(choice.weights);
    case 'chatTemplate':
      return t('In its chat template');
    case 'heads':
      return t('Without the heads that are switched off');
    case 'steering':
      return t('With the steering vector');
  }
}

function weightsLabel(weights: ComparedForm): string {
  const { t } = vscode.l10n;
  switch (weights) {
    case 'float32':
      return t('The same weights, as float32');
    case 'packed':
      return t('The same weights, packed as they are in the file');
    case 'bf16':
    case 'fp16':
      return t('The same weights, rounded to 16 bits ({0})', weights);
    case 'q8_0':
      return t('The same weights, rounded to 8 bits (Q8_0)');
    case 'q4_0':
      return t('The same weights, rounded to 4 bits (Q4_0)');
  }
}

function otherModels(server: Services['server']): Item[] {
  const { t } = vscode.l10n;
  return [
    { label: t('Another model'), kind: vscode.QuickPickItemKind.Separator },
    {
      label: `$(package) ${t('Another model…')}`,
      detail: t('of this machine, or a file or folder'),
      choose: chooseModel,
    },
    {
      label: `$(server) ${t('A model on a server…')}`,
      detail: t('the text is sent there once you have agreed'),
      choose: () => chooseOnServer(server),
    },
  ];
}

function adapters(): Item[] {
  const { t } = vscode.l10n;
  return [
    {
      label: `$(extensions) ${t('An adapter on this model: folder…')}`,
      detail: t('LoRA and DoRA of PEFT; with a slider from none of it to more than all'),
      choose: () => chooseAdapter('folder'),
    },
    {
      label: `$(extensions) ${t('An adapter on this model: file…')}`,
      detail: t('a GGUF file or adapter_config.json'),
      choose: () => chooseAdapter('file'),
    },
  ];
}

function otherWeights(): Item[] {
  const { t } = vscode.l10n;
  const rounded = t(
    'every matrix, as llama.cpp rounds it: of a file that is quantised already, the values that it has, and not those of the original model',
  );
  const details = {
    float32: t('the values that the file has, as they are'),
    packed: t('only of files that are quantised'),
    bf16: t('every number, to the nearest of 8 exponent and 7 mantissa bits, as PyTorch rounds it; kept as float32'),
    fp16: t('every number, to the nearest of 5 exponent and 10 mantissa bits, as PyTorch rounds it; kept as float32'),
    q8_0: rounded,
    q4_0: rounded,
  };
  return [
    { label: t('The same weights in another form'), kind: vscode.QuickPickItemKind.Separator },
    ...COMPARED_FORMS.map((weights) => ({
      label: `$(symbol-ruler) ${weightsLabel(weights)}`,
      detail: details[weights],
      choose: as({ kind: 'weights', weights }),
    })),
  ];
}

function otherWays({ ablated, steering }: Services['readings'], hasWeights: boolean): Item[] {
  const { t } = vscode.l10n;
  const [heads, direction] = hasWeights ? [headsOff(ablated, t), steered(steering, t)] : [];
  return [
    { label: t('The same model in another way'), kind: vscode.QuickPickItemKind.Separator },
    {
      label: `$(comment-discussion) ${describe({ kind: 'chatTemplate' })}`,
      detail: t('the text as the message of a user'),
      choose: as({ kind: 'chatTemplate' }),
    },
    ...(heads
      ? [{ label: `$(circle-slash) ${describe({ kind: 'heads' })}`, detail: heads, choose: as({ kind: 'heads' }) }]
      : []),
    ...(direction
      ? [
          {
            label: `$(arrow-right) ${describe({ kind: 'steering' })}`,
            detail: direction,
            choose: as({ kind: 'steering' }),
          },
        ]
      : []),
  ];
}

const stopping = (): Item[] => [{ label: `$(close) ${vscode.l10n.t('Stop Comparing')}` }];

async function chooseModel(): Promise<ComparedChoice | undefined> {
  const setting = await pickModel({ inUse: settings.model(), toCompare: true });
  if (setting === undefined) return undefined;
  // One that is not there is told now.
  modelOfSetting(setting);
  return { kind: 'model', setting };
}

async function chooseOnServer(server: Services['server']): Promise<ComparedChoice | undefined> {
  const picked = await server.pickServer(vscode.l10n.t('Compare the model in use with one on a server'));
  return picked && { kind: 'server', ...picked };
}

async function chooseAdapter(what: 'folder' | 'file'): Promise<ComparedChoice | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose an adapter of the model in use'),
    canSelectFiles: what === 'file',
    canSelectFolders: what === 'folder',
  });
  return chosen?.[0] && { kind: 'adapter', path: chosen[0].fsPath };
}
