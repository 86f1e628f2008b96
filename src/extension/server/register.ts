import * as vscode from 'vscode';
import { registerCommand } from '../register-command';
import type { Services } from '../services';

/** The commands about models that run on servers. */
export function registerServer({ server, host }: Services): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('vitrine.connectToServer', async () => {
      const { connectToServer } = await import('./connect-to-server');
      await connectToServer(server, host);
    }),
    registerCommand('vitrine.chooseServerVocabulary', async () => {
      const { chooseServerTokenizer, connectToServer } = await import('./connect-to-server');
      const { entry } = server;
      await (entry ? chooseServerTokenizer(server, host, entry) : connectToServer(server, host));
    }),
    registerCommand('vitrine.giveServerKey', async () => {
      const { giveKey } = await import('./ask-for-key');
      if (await giveKey(server)) await host.restart();
    }),
    registerCommand('vitrine.useLocalModel', async () => {
      server.leave();
      await host.use();
    }),
    registerCommand('vitrine.forgetServers', async () => {
      await server.forget();
      vscode.window.showInformationMessage(
        vscode.l10n.t('The keys of servers and all consents are forgotten. The model on this machine is in use.'),
      );
    }),
  );
}
