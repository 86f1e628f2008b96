import * as vscode from 'vscode';
import type { InspectorEvents, InspectorHost } from '../../shared/inspector-api';
import { connectWebview } from '../webview-rpc';
import { checkedMethod } from './requests';

/** Lets a webview call the host, as far as it asks for what there is, and be told what changes. */
export function connect(
  webview: vscode.Webview,
  makeHost: (events: Pick<InspectorEvents, 'progress'>) => { host: InspectorHost; subscription: vscode.Disposable },
  onDidChange: vscode.Event<Parameters<InspectorEvents['changed']>[0]>,
): vscode.Disposable {
  const { host, subscription } = makeHost({ progress: (report) => void rpc.progress(report) });
  const { rpc, connection } = connectWebview<InspectorEvents>(webview, (name) => checkedMethod(host, name), [
    'changed',
    'progress',
  ]);
  return vscode.Disposable.from(
    onDidChange((state) => void rpc.changed(state)),
    subscription,
    connection,
  );
}
