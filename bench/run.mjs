/** Bundles a benchmark and runs it, from the repository's root: `node bench/run.mjs NAME [OPTION..]` runs bench/NAME.ts. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import '../scripts/build.mjs';

// Sessions that a benchmark makes of its own report nothing either.
process.env.ORT_DISABLE_TELEMETRY = '1';

const [name = 'engine/main', ...options] = process.argv.slice(2);
// Beside the engine's bundle, which a bundle starts from its own folder.
const bundle = resolve('dist', `bench-${name.replaceAll('/', '-')}.js`);
await build({
  entryPoints: [`bench/${name}.ts`],
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
