/** Where a page of the inspector is shown. */
export interface PageOptions {
  /** BCP 47. */
  language: string;
  /** What the page's policy calls the place from which it may load. */
  source: string;
  /** A number that is used once: only scripts and styles that have it run. */
  nonce: string;
  /** Of the bundle, what fills the page. */
  script?: string;
  /** The address of a file of the bundle. */
  address(name: string): string;
}

/** The page of the inspector in a webview, which may load the bundle and nothing else: its script fills it. */
export function inspectorPage({ language, source, nonce, script = 'inspector.js', address }: PageOptions): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `font-src ${source}`,
    `img-src ${source} data: blob:`,
  ];
  return `<!DOCTYPE html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
    <meta property="csp-nonce" content="${nonce}">
    <meta name="viewport" content="width=device-width">
    <title>Vitrine</title>
    <link rel="stylesheet" href="${address('page.css')}">
  </head>
  <body>
    <script nonce="${nonce}" type="module" src="${address(script)}"></script>
  </body>
</html>`;
}
