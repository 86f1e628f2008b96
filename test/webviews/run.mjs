/** Runs a program of this folder, from the repository's root: `node test/webviews/run.mjs NAME [OPTION..]` runs test/webviews/NAME.ts. */
import { runBundle } from '../../scripts/run-bundle.mjs';

// What is broken elsewhere keeps nobody from looking at a view.
await import('../../scripts/build.mjs').catch((error) => console.error(`The build failed: ${error.message}`));

const [name, ...options] = process.argv.slice(2);
await runBundle(`test/webviews/${name}.ts`, `webviews-${name}`, options);
