/** Bundles a program of this folder and runs it, from the repository's root: `node test/webviews/run.mjs NAME [OPTION..]` runs test/webviews/NAME.ts. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

// What is broken elsewhere keeps nobody from looking at a view.
await import('../../scripts/build.mjs').catch((error) => console.error(`The build failed: ${error.message}`));

const [name, ...options] = process.argv.slice(2);
// Beside the engine's bundle, which a bundle starts from its own folder.
const bundle = resolve('dist', `webviews-${name.replaceAll('/', '-')}.js`);
await build({
  entryPoints: [`test/webviews/${name}.ts`],
  outfile: bundle,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
});
process.argv = [process.execPath, bundle, ...options];
await import(pathToFileURL(bundle).href);
