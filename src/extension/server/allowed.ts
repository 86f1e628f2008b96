import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { ServerConsents } from './consents';

/** @throws VitrineError `server.untrusted`, `server.forbidden` where the texts of this window are to go to no server */
export function checkAllowed({ isForbidden }: ServerConsents): void {
  const { t } = vscode.l10n;
  if (!vscode.workspace.isTrusted) {
    throw new VitrineError(
      'server.untrusted',
      t('A workspace that you do not trust is read by models on this machine only. Trust it to connect to a server.'),
    );
  }
  if (isForbidden) {
    throw new VitrineError(
      'server.forbidden',
      t(
        'You have decided that no text of this workspace goes to a server. “Forget Server Keys and Consents…” takes that back.',
      ),
    );
  }
}
