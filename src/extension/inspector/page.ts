import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the webviews' bundle lies: all that they may load. */
export const bundleFolder = (extension: vscode.Uri) => vscode.Uri.joinPath(extension, 'dist', 'webviews');

export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [bundleFolder(extension)] };
}

/** The page of the inspector: its script fills it. */
export function inspectorPage(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const bundled = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(bundleFolder(extension), name));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
  ];
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
    <meta property="csp-nonce" content="${nonce}">
    <meta name="viewport" content="width=device-width">
    <title>Vitrine</title>
    <link rel="stylesheet" href="${bundled('page.css')}">
  </head>
  <body>
    <script nonce="${nonce}" type="module" src="${bundled('inspector.js')}"></script>
  </body>
</html>`;
}
