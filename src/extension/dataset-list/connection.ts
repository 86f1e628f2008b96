import { createBirpc } from 'birpc';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { DatasetEvents, DatasetHost } from '../../shared/dataset-api';
import { fromWire, toWire } from '../../shared/wire';
import { errorText } from '../error-text';
import { checkedMethod } from './requests';

const message = v.object({ t: v.picklist(['q', 's']) });

/** Lets a page call the host of its list, as far as it asks for what there is. @returns what the page can be told */
export function connectPage(webview: vscode.Webview, host: DatasetHost): DatasetEvents & vscode.Disposable {
  const received: vscode.Disposable[] = [];
  const rpc = createBirpc<DatasetEvents, Record<string, never>>(
    {},
    {
      post: (data) => webview.postMessage(data),
      on: (receive) => void received.push(webview.onDidReceiveMessage(receive)),
      serialize: toWire,
      // What is no message of this protocol is nobody's.
      deserialize: (data) => (v.is(message, data) ? fromWire(data) : { t: 's' }),
      resolver: (name) => spoken(checkedMethod(host, name)),
      eventNames: ['changed'],
      timeout: -1,
    },
  );
  return {
    changed: (state) => void rpc.changed(state),
    dispose: () => {
      vscode.Disposable.from(...received).dispose();
      rpc.$close();
    },
  };
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
