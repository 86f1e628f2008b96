/** Bundles a TypeScript program and runs it with some options, from the repository's root. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** @param {string} source @param {string} name of the bundle @param {readonly string[]} options */
export async function runBundle(source, name, options) {
  // Beside the engine's bundle, which a bundle starts from its own folder.
  const bundle = resolve('dist', `${name.replaceAll('/', '-')}.js`);
  await build({
    entryPoints: [source],
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
}
