import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import type { ChosenEntry } from './served-form';
import type { WindowServer } from './window-server';

/** The commands about models that run on servers. */
export function registerServer({ server, host, comparison }: Services): vscode.Disposable {
  // Whoever leaves servers does not want the text to go on to one that it is compared with.
  const leave = () => {
    if (comparison.choice?.kind === 'server') comparison.stop();
    server.leave();
  };
  return vscode.Disposable.from(
    registerCommand('vitrine.connectToServer', async () => {
      const { connectToServer } = await import('./connect-to-server');
      await connectToServer(server, host);
    }),
    registerCommand('vitrine.chooseServerVocabulary', async () => {
      const { chooseServerTokenizer } = await import('./connect-to-server');
      await chooseServerTokenizer(server, host, inUse(server));
    }),
    registerCommand('vitrine.giveServerKey', async () => {
      const { giveServerKey } = await import('./connect-to-server');
      await giveServerKey(server, host, inUse(server));
    }),
    registerCommand('vitrine.useLocalModel', async () => {
      leave();
      await host.use();
    }),
    registerCommand('vitrine.forgetServers', async () => {
      leave();
      await server.forget();
      vscode.window.showInformationMessage(
        vscode.l10n.t('The keys of servers and all consents are forgotten. The model on this machine is in use.'),
      );
    }),
  );
}

/** @throws VitrineError `server.none` */
function inUse({ entry }: WindowServer): ChosenEntry {
  if (entry) return entry;
  throw new VitrineError('server.none', vscode.l10n.t('No server is in use. Connect to one.'));
}
