import * as vscode from 'vscode';
import { modelServer } from '../../remote/model-server';
import { type Recognised, recognise } from '../../remote/recognise';
import { VitrineError } from '../../shared/errors';
import { errorText } from '../error-text';
import { withLateNotice } from '../late-notice';
import { askForKey } from './ask-for-key';
import type { ServerKeys } from './server-keys';
import type { ServerTraffic } from './server-traffic';

/** What it takes to ask servers. */
export interface ServerAccess {
  keys: ServerKeys;
  traffic: ServerTraffic;
}

/**
 * Asks a server what it is and which models it has; a person is asked for its key where it wants one, and once more where it
 * does not accept that.
 *
 * @throws VitrineError of `server.*`, CancellationError where a person gives no key
 */
export async function askWhatItIs({ keys, traffic }: ServerAccess, address: string): Promise<Recognised> {
  let key = await keys.of(address);
  for (let tries = 0; ; tries++) {
    const server = modelServer({ address, key, fetch: traffic.fetch });
    const stop = new AbortController();
    try {
      const title = vscode.l10n.t('Asking {0}', server.host);
      const recognised = await withLateNotice(recognise(server, stop.signal), { title, cancel: () => stop.abort() });
      if (key !== undefined && tries > 0) await keys.keep(address, key);
      return recognised;
    } catch (error) {
      const wantsKey = error instanceof VitrineError && error.code === 'server.key';
      if (!wantsKey || tries === 2) throw error;
      key = await askForKey(address, errorText(error));
      if (key === undefined) throw new vscode.CancellationError();
    }
  }
}
