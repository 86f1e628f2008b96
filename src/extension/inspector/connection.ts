import { createBirpc } from 'birpc';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { InspectorEvents, InspectorHost } from '../../shared/inspector-api';
import { fromWire, toWire } from '../../shared/wire';
import { errorText } from '../error-text';
import { checkedMethod } from './requests';

const message = v.object({ t: v.picklist(['q', 's']) });

/** Lets a webview call the host, as far as it asks for what there is, and be told what changes. */
export function connect(
  webview: vscode.Webview,
  makeHost: (events: Pick<InspectorEvents, 'progress'>) => { host: InspectorHost; subscription: vscode.Disposable },
  onDidChange: vscode.Event<Parameters<InspectorEvents['changed']>[0]>,
): vscode.Disposable {
  const { host, subscription } = makeHost({ progress: (report) => void rpc.progress(report) });
  const received: vscode.Disposable[] = [];
  const rpc = createBirpc<InspectorEvents, Record<string, never>>(
    {},
    {
      post: (data) => webview.postMessage(data),
      on: (receive) => void received.push(webview.onDidReceiveMessage(receive)),
      serialize: toWire,
      // What is no message of this protocol is nobody's.
      deserialize: (data) => (v.is(message, data) ? fromWire(data) : { t: 's' }),
      resolver: (name) => spoken(checkedMethod(host, name)),
      eventNames: ['changed', 'progress'],
      timeout: -1,
    },
  );
  return vscode.Disposable.from(
    ...received,
    onDidChange((state) => void rpc.changed(state)),
    subscription,
    new vscode.Disposable(() => rpc.$close()),
  );
}

/** A method whose errors are sentences in the editor's language. */
function spoken(method: ReturnType<typeof checkedMethod>): ReturnType<typeof checkedMethod> {
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
