import * as vscode from 'vscode';
import type { Consent } from '../../hub/plan';
import { sentenceText } from '../error-text';

/**
 * Asks before the first byte is fetched: size, host and terms, which can be read first.
 *
 * @param terms the address of the licence
 * @throws CancellationError where the answer is no
 */
export async function askConsent({ question, details }: Consent, terms: string): Promise<void> {
  const get = vscode.l10n.t('Get');
  const read = vscode.l10n.t('Read the Licence');
  const options = { modal: true, detail: details.map(sentenceText).join('\n') };
  for (;;) {
    const answer = await vscode.window.showInformationMessage(sentenceText(question), options, get, read);
    if (answer === get) return;
    if (answer !== read) throw new vscode.CancellationError();
    await vscode.env.openExternal(vscode.Uri.parse(terms, true));
  }
}
