/**
 * `npm start` opens the extension on examples/: in VS Code, or where there is none in a real workbench for a browser.
 * With arguments it is the command line: `npm start -- inspect "The mouse"`.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import './build.mjs';

const examples = resolve('examples');

if (process.argv.length > 2) await importFile('dist/vitrine.js');
else if (!openInVsCode()) await serveWorkbench();

/** @returns false where there is no VS Code. */
function openInVsCode() {
  const options = [`--extensionDevelopmentPath=${resolve('.')}`, examples];
  // On Windows `code` is a script, which only a shell runs.
  const { error, status } = spawnSync('code', options, { stdio: 'inherit', shell: process.platform === 'win32' });
  return error === undefined && status === 0;
}

async function serveWorkbench() {
  const outfile = 'dist/workbench.js';
  const entryPoints = ['test/workbench/harness/serve.ts'];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm' });
  process.argv.push(examples);
  await importFile(outfile);
}

function importFile(path) {
  return import(pathToFileURL(resolve(path)).href);
}
