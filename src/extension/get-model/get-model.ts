import * as vscode from 'vscode';
import { cachedChoices } from '../../hub/cached';
import { type Choice, choiceOf, choicesOf } from '../../hub/choices';
import { type Hub, hubOf } from '../../hub/hub';
import { modelNameOf } from '../../hub/names';
import { consentOf, freeSpace, missingBytes } from '../../hub/plan';
import { pageOf } from '../../hub/refusals';
import { openRepository } from '../../hub/repository';
import { VitrineError } from '../../shared/errors';
import { loadChosen } from '../commands/choose-model';
import type { EngineHost } from '../engine/engine-host';
import { errorText } from '../error-text';
import { askConsent } from './ask-consent';
import { pickCached } from './pick-cached';
import { pickChoice } from './pick-choice';
import { pickName } from './pick-name';
import { getWithProgress, whileAsking } from './progress';

/**
 * Gets a model and loads it, from the hub unless this machine has it: which, which of its files, and whether it may, are asked
 * in turn. What has come of one that is cancelled, or fails, is kept, and the same can be tried again.
 *
 * @param name OWNER/NAME or OWNER/NAME:FILE, where whoever gives the command knows it
 * @returns whether it is loaded now
 */
export async function getModel(host: EngineHost, name?: string): Promise<boolean> {
  const wanted = name ?? (await pickName());
  if (wanted === undefined) return false;
  const { repository, file } = modelNameOf(wanted);
  const here = await cachedChoices({ repository, file });
  const chosen = name === undefined && file === undefined ? await pickCached(repository, here) : (here[0] ?? 'hub');
  if (chosen === undefined) return false;
  if (chosen !== 'hub') {
    await loadChosen(host, chosen.path, false);
    return true;
  }
  // The editor's own, which knows its proxy and its certificates.
  const hub = await hubOf({ fetch: (input, init) => fetch(input, init) });
  for (;;) {
    try {
      const path = await getChoice(hub, repository, file);
      // What is to be fetched has been agreed to: only a large model is asked about once more.
      if (path !== undefined) await loadChosen(host, path, false);
      return path !== undefined;
    } catch (error) {
      if (!(error instanceof VitrineError)) throw error;
      if (error.code === 'hub.gated') await offerPage(error, pageOf(hub, repository));
      else if (!MAY_PASS.has(error.code)) throw error;
      else if (await wantsAgain(error)) continue;
      return false;
    }
  }
}

/** @returns the path to open; undefined where a person has chosen nothing */
async function getChoice(hub: Hub, name: string, file: string | undefined): Promise<string | undefined> {
  const repository = await whileAsking(hub, (waiting) => openRepository(hub, name, waiting));
  const free = await freeSpace(hub);
  const choice: Choice | undefined =
    file === undefined ? await pickChoice(repository, choicesOf(repository), free) : choiceOf(repository, file);
  if (!choice) return undefined;
  const missing = await missingBytes(hub, repository, choice);
  if (missing > 0) await askConsent(consentOf(hub, repository, choice, missing, free), repository.licence.link);
  return getWithProgress(hub, repository, choice);
}

/** What may go better the next time: it is over, or a person has mended it meanwhile. */
const MAY_PASS = new Set([
  'hub.answer',
  'hub.busy',
  'hub.cache',
  'hub.checksum',
  'hub.disk',
  'hub.failed',
  'hub.noFile',
  'hub.silent',
  'hub.unreachable',
]);

async function wantsAgain(error: VitrineError): Promise<boolean> {
  const again = vscode.l10n.t('Try Again');
  return (await vscode.window.showErrorMessage(errorText(error), again)) === again;
}

/** Where a model is given only to those who have accepted its terms: they are accepted on its page. */
async function offerPage(error: VitrineError, page: string): Promise<void> {
  const open = vscode.l10n.t('Open Its Page');
  const chosen = await vscode.window.showErrorMessage(errorText(error), open);
  if (chosen === open) await vscode.env.openExternal(vscode.Uri.parse(page, true));
}
