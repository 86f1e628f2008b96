import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { inspectorPage } from '../../inspector';

/** Where the webviews' bundle lies: all that they may load. */
export const bundleFolder = (extension: vscode.Uri) => vscode.Uri.joinPath(extension, 'dist', 'webviews');

export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [bundleFolder(extension)] };
}

/** @param script of the bundle, what fills the page: by default the inspector */
export function webviewPage(webview: vscode.Webview, extension: vscode.Uri, script?: string): string {
  return inspectorPage({
    language: vscode.env.language,
    source: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    ...(script !== undefined && { script }),
    address: (name) => webview.asWebviewUri(vscode.Uri.joinPath(bundleFolder(extension), name)).toString(),
  });
}
