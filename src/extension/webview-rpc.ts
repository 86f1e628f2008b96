import { createBirpc } from 'birpc';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { fromWire, toWire } from '../shared/wire';
import type { PageMethod } from './checked-method';
import { errorText } from './error-text';

const message = v.object({ t: v.picklist(['q', 's']) });

/**
 * Lets a page call methods of a host.
 *
 * @param methodOf undefined where there is none of that name
 * @param eventNames what the page is told without being asked
 */
export function connectWebview<Events extends object>(
  webview: vscode.Webview,
  methodOf: (name: string) => PageMethod | undefined,
  eventNames: (keyof Events & string)[],
) {
  const received: vscode.Disposable[] = [];
  const rpc = createBirpc<Events, Record<string, never>>(
    {},
    {
      post: (data) => webview.postMessage(data),
      on: (receive) => void received.push(webview.onDidReceiveMessage(receive)),
      serialize: toWire,
      // What is no message of this protocol is nobody's.
      deserialize: (data) => (v.is(message, data) ? fromWire(data) : { t: 's' }),
      resolver: (name) => spoken(methodOf(name)),
      eventNames,
      timeout: -1,
    },
  );
  const connection = vscode.Disposable.from(...received, new vscode.Disposable(() => rpc.$close()));
  return { rpc, connection };
}

/** A method whose errors are sentences in the editor's language. */
function spoken(method: PageMethod | undefined): PageMethod | undefined {
  return (
    method &&
    (async (...given) => {
      try {
        return await method(...given);
      } catch (error) {
        throw new Error(errorText(error));
      }
    })
  );
}
